"""Settings from the environment, checked at start. Each stands in README.md under «Settings»."""

import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from flask import Flask
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from werkzeug.middleware.proxy_fix import ProxyFix

# Sixteen connections, none beyond; who waits longer than five seconds is told that the house is full.
POOL = {"pool_size": 16, "max_overflow": 0, "pool_timeout": 5, "hide_parameters": True}
ROOT = Path(__file__).resolve().parent.parent

NonEmpty = Annotated[str, StringConstraints(min_length=1)]
DATABASE = r"^(postgres(ql)?(\+psycopg)?://\S+|sqlite:///\S*)?$"
SecretKey = Annotated[str, StringConstraints(min_length=32)]


class BrokenSettings(Exception):
    """Some setting cannot be used; the message names each, and how to mend it."""


class Settings(BaseModel):
    """What a city can set. The names in the environment are these in capitals."""

    model_config = ConfigDict(frozen=True)

    host: Annotated[str, StringConstraints(pattern=r"^[^:\s]+$")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    data_dir: Path = ROOT / "instance"
    database_url: Annotated[str, StringConstraints(pattern=DATABASE)] = Field("", repr=False)
    secret_key: SecretKey = Field(repr=False)
    base_url: Annotated[str, StringConstraints(pattern=r"^(https?://[^/\s]+)?/?$")] = ""
    city: str = ""
    contact: Annotated[str, StringConstraints(pattern=r"^(https?://\S+|[^\s@]+@[^\s@]+)?$")] = ""
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    content_dirs: tuple[Path, ...] = (ROOT / "quizzes",)

    @property
    def database(self) -> str:
        """The database's address; without DATABASE_URL, a file in the data folder."""
        scheme, _, rest = self.database_url.partition("://")
        if scheme.startswith("postgres"):
            return f"postgresql+psycopg://{rest}"
        return self.database_url or f"sqlite:///{self.data_dir / 'convive.sqlite3'}"

    @property
    def trusted_hosts(self) -> list[str]:
        """The names under which this server may be asked for."""
        named = urlsplit(self.base_url).hostname
        own = {named} if named else {socket.gethostname(), f"{socket.gethostname()}.local", *_own_addresses(self.host)}
        return sorted({"localhost", "127.0.0.1", *own})


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings; a missing SECRET_KEY is made once and kept in the data folder. Raises BrokenSettings."""
    given: dict[str, Any] = {name: environ[name.upper()] for name in Settings.model_fields if environ.get(name.upper())}
    if "content_dirs" in given:
        given["content_dirs"] = tuple(given["content_dirs"].split(":"))
    given["data_dir"] = Path(given.get("data_dir", ROOT / "instance")).resolve()
    try:
        make_private(given["data_dir"])
        given["secret_key"] = given.get("secret_key") or _kept_secret(given["data_dir"])
    except OSError as error:
        raise BrokenSettings(f"DATA_DIR: {error}") from None
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise BrokenSettings(_in_words(error)) from None


def _in_words(error: ValidationError) -> str:
    return "\n".join(f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors())


def make_private(folder: Path) -> None:
    """Make a folder that nobody else can read, where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _kept_secret(data_dir: Path) -> str:
    path = data_dir / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text().strip()


def _own_addresses(host: str) -> set[str]:
    """Find the addresses of this machine's interfaces, where others may ask for it at all."""
    if host not in {"0.0.0.0", "::"}:
        return {host}
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except socket.gaierror:
        found = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; tells which interface leads outside
            found.add(probe.getsockname()[0])
        except OSError:
            pass  # no way outside: the addresses found by name are all there are
    return found


def init_app(app: Flask, environ: Mapping[str, str]) -> None:
    """Read the settings and hand them to Flask. Raises BrokenSettings."""
    settings = read_settings(environ)
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=settings.trusted_hosts,
        DATA_DIR=settings.data_dir,
        CONTENT_DIRS=settings.content_dirs,
        BASE_URL=settings.base_url.rstrip("/"),
        CITY=settings.city,
        CONTACT=settings.contact,
        TRANSLATIONS=ROOT / "translations",
        STATIC=ROOT / "static",
        MIGRATIONS=ROOT / "app" / "migrations",
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=POOL,
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_MEMORY_SIZE=64 * 1024,
        MAX_FORM_PARTS=100,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        served: Any = app  # a method is replaced here, as Flask's own documentation does
        served.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
