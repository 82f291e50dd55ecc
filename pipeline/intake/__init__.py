"""Exports in any format → frozen decisions. All parsing happens here, once."""
