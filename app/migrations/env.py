"""How Alembic finds the database and the models: through the application."""

from alembic import context
from flask import current_app

from app.extensions import db


def _options() -> dict:
    return dict(current_app.extensions["migrate"].configure_args, target_metadata=db.metadata, compare_type=True)


if context.is_offline_mode():
    context.configure(url=str(db.engine.url), literal_binds=True, **_options())
    with context.begin_transaction():
        context.run_migrations()
else:
    with db.engine.connect() as connection:
        context.configure(connection=connection, **_options())
        with context.begin_transaction():
            context.run_migrations()
