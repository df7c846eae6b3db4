"""Forgetting in time: the same job by hand (`flask privacy purge`) and every hour (`flask work`)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from app.access import forget_knocks
from app.attempts.count_queries import archive_old_attempts
from app.attempts.queries import forget_erasures
from app.extensions import clock, commit

BACKUP_DAYS = 14


@dataclass(frozen=True)
class Purged:
    """How much was forgotten."""

    attempts: int
    tries: int
    erasures: int


def delete_old_backups(folder: Path) -> int:
    """Delete the backups in a folder, whole or broken off, that are older than 14 days; says how many there were."""
    oldest = (clock.now() - dt.timedelta(days=BACKUP_DAYS)).timestamp()
    old = [path for path in folder.glob("convive-*") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink()
    return len(old)


def purge() -> Purged:
    """Reduce old attempts to counts and forget old tries; doing it twice changes nothing more."""
    today = clock.today()
    erasures = forget_erasures(today - dt.timedelta(days=BACKUP_DAYS))
    purged = Purged(archive_old_attempts(today), forget_knocks(), erasures)
    commit()
    return purged
