"""The published JSON Schemas of the exports, and their faults in plain Chinese."""
