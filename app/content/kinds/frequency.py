"""How often something happens in your life, in five places."""

from app.content.kinds.kind import Kind, parse_one, reflection_of_first, reflection_per_choice

KIND = Kind(
    "frequency",
    parse_one,
    reflection_of_first,
    reflection_per_choice,
    choices=range(5, 6),
    fixed_choices=("never", "rarely", "sometimes", "often", "very-often"),
)
