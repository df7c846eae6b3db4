"""A citizen takes a quiz alone."""
