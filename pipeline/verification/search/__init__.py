"""The search index, read apart from what made it, against the texts that visitors may fetch."""
