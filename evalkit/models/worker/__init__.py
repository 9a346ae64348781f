"""Workers: scripts that run in the environment of a model, not in evalkit's.

Nothing here may import evalkit, and evalkit imports nothing from here. No script is called like a library: the one a
script is in comes first on its path.
"""
