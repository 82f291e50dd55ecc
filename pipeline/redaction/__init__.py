"""Finds protected information, hides it, and says why. The only maker of a ClearedDecision."""

from pipeline.native import folders

__path__[:0] = folders(__name__)
