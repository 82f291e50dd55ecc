"""台账: the only state. Append-only events."""
