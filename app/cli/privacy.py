"""`flask privacy purge`."""

from dataclasses import asdict

from flask.cli import AppGroup

from app.cli.telling import PlainCommand, as_json, tell
from app.extensions import writes
from app.privacy import retention

group = AppGroup("privacy", help="Forget what need not be kept.")
COMMANDS = (group,)


@group.command(cls=PlainCommand)
@as_json
def purge(in_json: bool) -> None:
    """Reduce attempts older than 90 days to counts, and forget tries at codes."""
    writes.set(True)
    purged = retention.purge()
    lines = [f"{purged.attempts} attempts reduced to counts, {purged.tries} old tries forgotten"]
    tell(asdict(purged), lines, in_json=in_json, next_step="nothing; flask work does this every hour")
