"""Commands of an installation; each fits one screen, names the next step, and answers `--json`."""

from flask import Flask

from app.cli import backup, content, doctor, privacy, serve, work


def init_app(app: Flask) -> None:
    """Register every command."""
    for part in (backup, content, doctor, privacy, serve, work):
        for command in part.COMMANDS:
            app.cli.add_command(command)
