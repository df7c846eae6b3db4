"""YAML files that remember at which line every value stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

# All scalars stay text ("no" stays "no", 1.10 stays "1.10"); pydantic converts them.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Place = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, order=True)
class Problem:
    """Something to mend in a bundle, and where."""

    file: str
    line: int
    path: str
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        """Write `file:line: path: message`, as editors understand it."""
        return f"{self.file}:{self.line}: {self.path}: {self.message}"

    @property
    def in_full(self) -> str:
        """The same, after a word that says how much it weighs."""
        return f"{'error' if self.is_error else 'note'}: {self}"


class Document:
    """One YAML file: its data, and the line of each of its values."""

    def __init__(self, path: Path, shown_as: str) -> None:
        self.shown_as = shown_as
        self.problems: list[Problem] = []
        self.data: Any = {}
        self._lines: dict[Place, int] = {(): 1}
        self._met: set[int] = set()
        self._is_tangled = False
        self._read(path)

    def _read(self, path: Path) -> None:
        try:
            text = path.read_text("utf-8")
            node = yaml.compose(text, Loader=LOADER)
        except FileNotFoundError:
            self.report((), "the file is missing; copy the nearest one and change its values")
        except UnicodeDecodeError:
            self.report((), "the file is not UTF-8; save it again as UTF-8")
        except yaml.MarkedYAMLError as error:
            self._report_syntax(error)
        except yaml.YAMLError:
            self.report((), "the file holds characters that YAML does not allow; type them again")
        else:
            self._take(node)

    def _report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        self.problems.append(
            Problem(
                self.shown_as, line, "", f"not readable as YAML ({error.problem}); look at the quotes and the indent"
            )
        )

    def _take(self, node: yaml.Node | None) -> None:
        if isinstance(node, yaml.MappingNode):
            data = self._value(node, ())
            self.data = {} if self._is_tangled else data
        else:
            self.report((), "keys and values are expected here, such as `id: my-quiz`")

    def _value(self, node: yaml.Node, place: Place) -> Any:
        """Take a value as text, list or dictionary; note the line of each of its parts."""
        self._lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self._met:
            self._is_tangled = True
            self.report(place, "a value is written out here; `*` does not point to another one")
            return ""
        self._met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, (*place, index)) for index, child in enumerate(node.value)]
        return node.value

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for name, child in node.value:
            key = name.value if isinstance(name, yaml.ScalarNode) else "{"
            self._lines[(*place, key)] = name.start_mark.line + 1
            if not isinstance(name, yaml.ScalarNode):
                self._is_tangled = True
                self.report((*place, key), "a key is one word; put quotes around a text that begins with a bracket")
                continue
            if key in data:
                self.report((*place, key), "this key stands here twice; keep one")
            data[key] = self._value(child, (*place, key))
        return data

    def line(self, place: Place) -> int:
        """Find the line of a value, or of the nearest thing around it."""
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]

    def report(self, place: Place, message: str) -> None:
        """Note a problem at a place."""
        path = ".".join(str(part) for part in place)
        self.problems.append(Problem(self.shown_as, self.line(place), path, message))

    def report_all(self, place: Place, findings: Iterable[tuple[Place, str]]) -> None:
        """Note problems at places within a place."""
        for where, message in findings:
            self.report((*place, *where), message)

    def parse(self, model: type[Model], data: object, place: Place = ()) -> Model | None:
        """Read data into a model; what does not fit is noted, with its line, and None comes back."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for each in error.errors():
                self.report((*place, *each["loc"]), _in_plain_words(each["type"], each["msg"], each.get("ctx", {})))
            return None


def _in_plain_words(kind: str, message: str, context: dict[str, Any]) -> str:
    said = {
        "missing": "this is missing; add it",
        "extra_forbidden": "this key is not known here; look for a slip of the pen, or take it out",
        "string_too_short": "this is empty; write it, or take the whole part out",
        "string_pattern_mismatch": f"this is not of the form {context.get('pattern')}",
        "literal_error": f"this must be one of {context.get('expected')}",
    }
    return said.get(kind, message[:1].lower() + message[1:])
