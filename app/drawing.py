"""Cloths, signs and QR codes for templates."""

import segno
from flask import Flask, current_app, g, render_template
from markupsafe import Markup

from app import cloth
from app.i18n import page_language


def init_app(app: Flask) -> None:
    """Give templates what they draw with."""
    drawings = {
        "mark": lambda: Markup(cloth.mark()),
        "hero": lambda seed: Markup(cloth.hero(seed)),
        "sign": lambda name: Markup(cloth.sign(name)),
        "distance": lambda place, places: Markup(cloth.distance(place, places)),
        "cloth_cell": lambda row, column, laid, seed: Markup(cloth.cell(row, column, laid, seed)),
        "pair_of_strips": lambda number: Markup(cloth.pair_of_strips(number)),
        "qr_code": qr_code,
        "frame": frame,
    }
    app.jinja_env.globals.update(drawings)
    app.jinja_env.filters["drawn"] = Markup
    for name, template in (("parts", "macros/item.html"), ("controls", "macros/choices.html")):
        app.jinja_env.globals[name] = app.jinja_env.get_template(template).module  # imported once, not per page


def frame(part: str) -> Markup:
    """Render a part of the frame that is the same on every page of a language; it is rendered once."""
    kept: dict[tuple[str, str, bool], Markup] = current_app.extensions.setdefault("frames", {})
    key = (part, page_language(), bool(g.get("plain")))
    if key not in kept:
        kept[key] = Markup(render_template(f"layouts/{part}.html"))
    return kept[key]


def qr_code(text: str) -> Markup:
    """Draw a QR code as inline SVG, always dark on white, with a quiet margin."""
    drawn = segno.make(text, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None)
    return Markup(drawn)
