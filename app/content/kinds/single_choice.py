"""One of several."""

from app.content.kinds.kind import Kind, parse_one, reflection_of_first, reflection_per_choice

KIND = Kind("single-choice", parse_one, reflection_of_first, reflection_per_choice)
