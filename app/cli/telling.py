"""How a command answers: in words, or as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

as_json = click.option("--json", "in_json", is_flag=True, help="Answer as JSON.")


def tell(facts: Mapping[str, Any], lines: Sequence[str], *, in_json: bool, next_step: str = "") -> None:
    """Answer a command: its facts as JSON, or its lines and the next step."""
    if in_json:
        click.echo(json.dumps(facts, ensure_ascii=False, default=str))
        return
    for line in lines:
        click.echo(line)
    if next_step:
        click.echo(f"Next: {next_step}")
