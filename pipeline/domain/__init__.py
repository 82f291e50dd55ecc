"""Frozen values of the field and its errors. Imports nothing else of this program."""
