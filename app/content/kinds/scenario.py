"""What would you do: several ways can be defended."""

from app.content.kinds.kind import Kind, parse_one, reflection_of_first, reflection_per_choice

KIND = Kind("scenario", parse_one, reflection_of_first, reflection_per_choice, choices=range(3, 7))
