"""How close a sentence is to you, in five places."""

from app.content.kinds.kind import Kind, parse_one, reflection_of_first, reflection_per_choice

KIND = Kind(
    "agreement",
    parse_one,
    reflection_of_first,
    reflection_per_choice,
    choices=range(5, 6),
    fixed_choices=("disagree", "rather-disagree", "in-between", "rather-agree", "agree"),
)
