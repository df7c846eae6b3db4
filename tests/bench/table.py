"""The table: what is measured, what it must show, what was measured, and whether it holds."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
HEAD = "| what | must show | measured | holds |\n|---|---|---|---|\n"


@dataclass(frozen=True)
class Result:
    """What a row shows, whether that is enough, and the figures behind it."""

    measured: str
    holds: bool
    figures: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Bench:
    """How thoroughly to measure, and where."""

    folder: Path
    quick: bool
    style_tool: Path

    def pick(self, thorough: T, quick: T) -> T:
        """Choose by how much time there is."""
        return quick if self.quick else thorough

    @property
    def rounds(self) -> int:
        """How often two things are measured by turns."""
        return self.pick(4, 2)

    @property
    def seconds(self) -> float:
        """How long one round is."""
        return self.pick(3.0, 1.0)

    def new_folder(self, name: str) -> Path:
        """Make an empty folder."""
        number = len(list(self.folder.glob(f"{name}-*")))
        made = self.folder / f"{name}-{number}"
        made.mkdir(parents=True)
        return made


@dataclass(frozen=True)
class Row:
    """One row: its short name, what it promises, and how that is measured."""

    name: str
    what: str
    must: str
    measure: Callable[[Bench], Result]
    is_long: bool = False


def line(row: Row, result: Result) -> str:
    """Write a row of the table in Markdown."""
    return f"| {row.what} | {row.must} | {result.measured} | {'yes' if result.holds else '**no**'} |\n"


def save(folder: Path, name: str, results: list[tuple[Row, Result]], machine: str) -> None:
    """Write the table, and the figures behind it."""
    folder.mkdir(exist_ok=True)
    table = HEAD + "".join(line(row, result) for row, result in results)
    (folder / f"{name}.md").write_text(f"# What was measured\n\n{machine}\n\n{table}")
    figures = {
        row.name: {"measured": result.measured, "holds": result.holds, **result.figures} for row, result in results
    }
    (folder / f"{name}.json").write_text(json.dumps({"machine": machine, "rows": figures}, indent=2) + "\n")
