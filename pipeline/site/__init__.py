"""The Pelican plugin that makes the public site."""
