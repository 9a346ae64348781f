"""Models that score or judge texts: the bridge to a process of another Python, its environments, the client of a judge.

No model library is imported here: a model runs in an environment of its own, behind lines of JSON. This room may use
`records` and `text`.
"""

from evalkit.models.bridge import Bridge, WorkerError, bridge
from evalkit.models.environments import Environment, environment

__all__ = ["Bridge", "Environment", "WorkerError", "bridge", "environment"]
