"""Looks at the built bytes as a stranger would."""
