"""Finds protected information, hides it, and says why. The only maker of a ClearedDecision."""
