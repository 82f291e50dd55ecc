"""Two trees, blue and green, and one atomic switch."""
