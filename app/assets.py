"""Static files: read and compressed once at start, served under their hash, kept by browsers for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

mimetypes.add_type("image/svg+xml", ".svg")
COMPRESSED = frozenset({"text/css", "text/javascript", "image/svg+xml", "application/manifest+json", "text/plain"})


@dataclass(frozen=True)
class Asset:
    """One static file, ready to send."""

    address: str
    mimetype: str
    plain: bytes
    gzipped: bytes | None


def init_app(app: Flask) -> None:
    """Read every file below `static/` and serve it."""
    folder = Path(app.config["STATIC"])
    assets = {path.relative_to(folder).as_posix(): _read(path, folder) for path in _files(folder)}
    app.extensions["assets"] = assets
    app.add_url_rule("/static/<string:digest>/<path:name>", "static", _serve)
    app.jinja_env.globals["asset"] = lambda name: assets[name].address


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in {".toml", ".txt"}]


def _read(path: Path, folder: Path) -> Asset:
    data = path.read_bytes()
    name = path.relative_to(folder).as_posix()
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    zipped = gzip.compress(data, 9, mtime=0) if mimetype in COMPRESSED else None
    return Asset(f"/static/{hashlib.sha256(data).hexdigest()[:10]}/{name}", mimetype, data, zipped)


def _serve(digest: str, name: str) -> Response:
    asset: Asset | None = current_app.extensions["assets"].get(name)
    if asset is None or digest != asset.address.split("/")[2]:
        abort(404)
    response = Response(asset.plain, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if asset.gzipped:
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings["gzip"]:
            response.set_data(asset.gzipped)
            response.headers["Content-Encoding"] = "gzip"
    return response
