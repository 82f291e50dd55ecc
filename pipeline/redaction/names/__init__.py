"""Finds the names of people in running text, says whose they are and gives each one mask."""

from pipeline.native import folders

__path__[:0] = folders(__name__)

from pipeline.redaction.names.detector import NAMES  # noqa: E402 - found through the line above

__all__ = ["NAMES"]
