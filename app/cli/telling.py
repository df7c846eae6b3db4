"""How a command answers: in words, or as JSON; and how it fails, in one line."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from app.content.catalogue import BrokenContent

as_json = click.option("--json", "in_json", is_flag=True, help="Answer as JSON.")


class PlainCommand(click.Command):
    """A command that fails in words."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; say what can be done where the database or the content cannot be used."""
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as error:
            told = f"The database cannot be used ({type(error).__name__}). Next: flask db upgrade, then flask doctor"
            raise click.ClickException(told) from error
        except BrokenContent as error:
            raise click.ClickException(f"{error}\nNext: mend these, then flask content check") from error


def tell(facts: Mapping[str, Any], lines: Sequence[str], *, in_json: bool, next_step: str = "") -> None:
    """Answer a command: its facts as JSON, or its lines and the next step."""
    if in_json:
        click.echo(json.dumps(facts, ensure_ascii=False, default=str))
        return
    for line in lines:
        click.echo(line)
    if next_step:
        click.echo(f"Next: {next_step}")
