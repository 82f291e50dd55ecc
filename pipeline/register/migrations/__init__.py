"""Migrations of the register, from the first version on. They travel inside the package."""
