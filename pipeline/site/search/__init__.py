"""Search in the browser: an index of static files, in blocks that follow the calendar."""
