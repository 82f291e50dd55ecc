"""What stands in public on a given day, and what is due when."""
