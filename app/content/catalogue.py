"""Everything on disk, compiled: one file in the data folder, keyed by the hashes of what it was made from."""

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.content.documents import Problem
from app.content.languages import read_styles
from app.content.loader import Bundle, read_bundles
from app.errors import NotFound

_FORMAT = "1"


class BrokenContent(Exception):
    """Some bundle cannot be used; the message names every problem."""


@dataclass
class Catalogue:
    """All bundles. Each is unpacked when it is first asked for."""

    packed: dict[str, bytes]
    notes: list[Problem] = field(default_factory=list)
    _open: dict[str, Bundle] = field(default_factory=dict)

    def get_quiz(self, quiz_id: str) -> Bundle:
        """Find a quiz by its id; raises NotFound."""
        if quiz_id not in self._open:
            if quiz_id not in self.packed:
                raise NotFound("quiz")
            self._open[quiz_id] = pickle.loads(self.packed[quiz_id])
        return self._open[quiz_id]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids of all bundles."""
        return iter(self.packed)


def open_catalogue(folders: Iterable[Path], translations: Path, cache: Path) -> Catalogue:
    """Load the compiled bundles; compile them first where anything has changed. Raises BrokenContent."""
    folders = tuple(folders)
    key = content_key(folders, translations)
    try:
        kept_key, packed, notes = pickle.loads(cache.read_bytes())
        if kept_key == key:
            return Catalogue(packed, notes)
    except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, pickle.UnpicklingError):
        pass  # an older or broken cache is made anew
    return _compile(folders, translations, cache, key)


def _compile(folders: tuple[Path, ...], translations: Path, cache: Path, key: str) -> Catalogue:
    styles, style_problems = read_styles(translations)
    reading = read_bundles(folders, styles)
    errors = style_problems + reading.errors
    if not reading.bundles and not errors:
        raise BrokenContent(f"there is no bundle in {', '.join(map(str, folders))}; is CONTENT_DIRS right?")
    if errors:
        raise BrokenContent("\n".join(str(problem) for problem in errors))
    packed = {name: pickle.dumps(bundle, protocol=5) for name, bundle in reading.bundles.items()}
    cache.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=cache.parent, delete=False) as fresh:
        fresh.write(pickle.dumps((key, packed, reading.problems), protocol=5))
    Path(fresh.name).replace(cache)
    return Catalogue(packed, reading.problems)


def content_key(folders: Iterable[Path], translations: Path) -> str:
    """Hash every content file and the code that reads them: 64 hexadecimal digits."""
    total = hashlib.sha256(_FORMAT.encode())
    own = sorted(Path(__file__).parent.rglob("*.py"))
    style = sorted(translations.glob("style/*.yaml"))
    content = (path for folder in folders for path in sorted(folder.rglob("*.yaml")))
    for path in (*own, *style, *content):
        total.update(f"{path}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
