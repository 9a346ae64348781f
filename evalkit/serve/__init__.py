"""The web application: an evaluation, its report and its review in the browser, on this machine by default.

This room may use `run`, `compare`, `terms`, `review` and what is below them; plug-ins by the registry alone. What it
builds on (Starlette, uvicorn) comes with the extra `web` and is imported here only.
"""
