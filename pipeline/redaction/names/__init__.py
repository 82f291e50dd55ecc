"""Finds the names of people in running text, says whose they are and gives each one mask."""

from pipeline.redaction.names.detector import NAMES

__all__ = ["NAMES"]
