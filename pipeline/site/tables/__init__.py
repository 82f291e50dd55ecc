"""Lists that the bureau keeps in ``content/tables``: who enforces what, by which rules."""
