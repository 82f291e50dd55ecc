"""Working days as announced: one file a year, and the script that makes them."""
