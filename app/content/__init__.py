"""Content as data: bundles on disk become frozen models. Knows no web and no database."""
