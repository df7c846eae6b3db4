"""The kinds of items. A new kind is a module here, a template of its name, and a line in this table."""

from app.content.kinds import (
    agreement,
    estimate,
    frequency,
    multiple_choice,
    ordering,
    reflection,
    scenario,
    single_choice,
)
from app.content.kinds.kind import Kind as Kind

_MODULES = (agreement, estimate, frequency, multiple_choice, ordering, reflection, scenario, single_choice)

KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}
