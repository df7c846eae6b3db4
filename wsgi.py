"""The application, for gunicorn and the flask command."""

import sys

from app import create_app
from app.config import BrokenSettings

try:
    app = create_app()
except BrokenSettings as error:
    sys.exit(f"These settings cannot be used:\n{error}")
