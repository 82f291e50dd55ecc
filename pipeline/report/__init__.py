"""What the staff read in the morning."""
