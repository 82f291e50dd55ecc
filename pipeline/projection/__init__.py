"""公开投影: the file that carries cleared values from the private to the public side."""
