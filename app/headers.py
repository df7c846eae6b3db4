"""What every response carries: a strict policy, its caching, and compression of pages."""

import gzip

from flask import Flask, Response, g, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),  # with no-referrer browsers would send `Origin: null` with our own forms
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
)
SMALLEST = 500  # bytes; below this, compression costs more than it saves


def init_app(app: Flask) -> None:
    """Finish every response."""
    app.after_request(_finish)


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.extend(SECURITY)
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if response.mimetype == "text/html":
        caching = g.get("caching")
        headers["Cache-Control"] = caching or "no-store"
        if caching:
            response.vary.add("Cookie")
        _compress(response)
    return response


def _compress(response: Response) -> None:
    response.headers["Vary"] = ", ".join(filter(None, (response.headers.get("Vary"), "Accept-Encoding")))
    body = response.get_data()
    if len(body) < SMALLEST or not request.accept_encodings["gzip"]:
        return
    response.set_data(gzip.compress(body, 4, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
