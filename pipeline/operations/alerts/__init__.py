"""Tell the people in charge of what is grave: once, again after a day, and when it is over."""

from pipeline.operations.alerts.tell import Told, tell, try_out

__all__ = ["Told", "tell", "try_out"]
