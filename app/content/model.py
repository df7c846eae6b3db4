"""The structure of a quiz bundle: what stands in `bundle.yaml`, free of any language."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z]{2,4})?$")]


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Strict):
    """One thing that can be chosen, and the one or two lenses it is seen through."""

    id: Identifier
    lenses: tuple[Identifier, ...] = ()


class When(Strict):
    """A condition on what was chosen; all that is given must hold."""

    at_least: int | None = None
    at_most: int | None = None
    includes: tuple[Identifier, ...] = ()
    without: tuple[Identifier, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The choices that the condition speaks of."""
        return frozenset((*self.includes, *self.without))

    def holds(self, chosen: tuple[str, ...]) -> bool:
        """Tell whether the chosen ids meet every part of the condition."""
        least = self.at_least or 0
        most = len(chosen) if self.at_most is None else self.at_most
        return least <= len(chosen) <= most and self.named & set(chosen) == set(self.includes)


class Rule(Strict):
    """Which reflection answers which choices; without `when` it answers all that are left."""

    id: Identifier
    when: When | None = None

    @property
    def named(self) -> frozenset[str]:
        """The choices that the rule speaks of."""
        return self.when.named if self.when else frozenset()


class Item(Strict):
    """A question with its choices, and where it lies in the cloth."""

    id: Identifier
    kind: str
    theme: Identifier
    dimension: Identifier
    sensitive: bool = False
    choices: tuple[Choice, ...] = ()
    reflections: tuple[Rule, ...] = ()
    near: Identifier | None = None

    @cached_property
    def choice_ids(self) -> tuple[str, ...]:
        """Ids of the choices, in their order."""
        return tuple(choice.id for choice in self.choices)


class Theme(Strict):
    """A row of the cloth and its dye."""

    id: Identifier
    dye: Literal["woad", "madder", "weld"]


class Quiz(Strict):
    """Ordered items and the words they share."""

    id: Identifier
    kind: Literal["quiz"]
    version: Version
    licence: str
    source_language: Language
    themes: tuple[Theme, ...]
    dimensions: tuple[Identifier, ...]
    lenses: tuple[Identifier, ...]
    items: tuple[Item, ...]

    @cached_property
    def cells(self) -> tuple[tuple[tuple[Item, ...], ...], ...]:
        """The items laid out as a cloth: a row per theme, a column per dimension, the items of each cell in order."""
        return tuple(
            tuple(
                tuple(item for item in self.items if (item.theme, item.dimension) == (theme.id, dimension))
                for dimension in self.dimensions
            )
            for theme in self.themes
        )

    def dye(self, theme: str) -> str:
        """Name the dye of a theme."""
        return next(each.dye for each in self.themes if each.id == theme)

    def number_of(self, item_id: str) -> int:
        """Count from 1 to the item with this id."""
        return next(number for number, item in enumerate(self.items, 1) if item.id == item_id)
