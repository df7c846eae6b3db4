"""What is held of a person, read from the schema."""

from flask import Blueprint, render_template

from app.extensions import Base
from app.privacy.schema import stored_tables

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/<lang:lang>/privacy")
def stored() -> str:
    """Show every stored field and how long it is kept."""
    return render_template("privacy/stored.html", tables=stored_tables(Base.metadata))
