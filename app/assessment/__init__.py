"""What responses come to, and what comes next. Knows no web and no database."""
