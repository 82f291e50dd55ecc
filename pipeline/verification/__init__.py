"""Look at the built bytes as a stranger would. Knows nothing of how redaction works."""
