"""Cloths, signs and QR codes for templates."""

import segno
from flask import Flask
from markupsafe import Markup

from app import cloth


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
    }
    app.jinja_env.globals.update(drawings)
    app.jinja_env.filters["drawn"] = Markup


def qr_code(text: str) -> Markup:
    """Draw a QR code as inline SVG, always dark on white, with a quiet margin."""
    drawn = segno.make(text, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None)
    return Markup(drawn)
