"""Cloths, signs and QR codes for templates."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import segno
from flask import Flask, g, render_template
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
        "part": Parts(most=512).render,
    }
    app.jinja_env.globals.update(drawings)
    app.jinja_env.filters["drawn"] = Markup
    for name, template in (("parts", "macros/item.html"), ("controls", "macros/choices.html")):
        app.jinja_env.globals[name] = app.jinja_env.get_template(template).module  # imported once, not per page


class Parts:
    """Parts of pages that are the same for everybody who reads a language: each is rendered once, then kept."""

    def __init__(self, most: int) -> None:
        self._kept: OrderedDict[tuple[Hashable, ...], Markup] = OrderedDict()
        self._most = most

    def render(self, template: str, *key: Hashable, **values: Any) -> Markup:
        """Render a part, or take the one that was rendered with this key. The key holds all that it depends on."""
        whole = (template, page_language(), bool(g.get("plain")), *key)
        kept = self._kept.get(whole)
        if kept is None:
            kept = Markup(render_template(template, **values))
            self._kept[whole] = kept
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept


def qr_code(text: str) -> Markup:
    """Draw a QR code as inline SVG, always dark on white, with a quiet margin."""
    drawn = segno.make(text, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None)
    return Markup(drawn)
