"""A visitor finds the way."""
