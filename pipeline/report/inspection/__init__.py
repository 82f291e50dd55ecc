"""What the supervising authority is shown: the fourteen triggers of liability, and the register."""
