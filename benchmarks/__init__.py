"""Measurements: ratios against peers in the same run. Nothing here is part of the program."""
