"""A person sees what is held, and how long."""
