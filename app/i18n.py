"""The language of a page: from its address, with its direction, and links to the same page in the others."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import format_date, get_locale
from werkzeug.routing import BaseConverter

from app.content.languages import LanguageEntry, read_languages
from app.extensions import babel


@dataclass(frozen=True)
class Link:
    """A link to this page in another language, or in other words; `url` is empty for the present one."""

    code: str
    name: str
    url: str


def init_app(app: Flask) -> None:
    """Read the languages, compile their catalogues, and put the language into every address."""
    languages = read_languages(app.config["TRANSLATIONS"])
    app.extensions["languages"] = {language.code: language for language in languages}
    compiled = compile_catalogues(app.config["TRANSLATIONS"], app.config["DATA_DIR"] / "translations")
    codes = "|".join(language.code for language in languages)
    app.url_map.converters["lang"] = type("LanguageConverter", (BaseConverter,), {"regex": codes})
    babel.init_app(app, locale_selector=select_locale, default_translation_directories=str(compiled))
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.context_processor(_page_language)
    app.jinja_env.filters["day"] = format_date


def compile_catalogues(source: Path, target: Path) -> Path:
    """Compile every catalogue that is newer than its compiled form; says where the compiled ones are."""
    for path in source.glob("*/LC_MESSAGES/*.po"):
        made = target / path.relative_to(source).with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            made.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as po, made.open("wb") as mo:
                write_mo(mo, read_po(po, locale=path.parts[-3]))
    return target


def languages() -> dict[str, LanguageEntry]:
    """List the languages of the interface by their code."""
    found: dict[str, LanguageEntry] = current_app.extensions["languages"]
    return found


def preferred_language() -> str:
    """Choose the language that the browser asks for, else the first one."""
    known = list(languages())
    return request.accept_languages.best_match(known) or known[0]


def page_language() -> str:
    """Name the language of this page by its code."""
    if has_request_context() and "lang" not in g:
        g.lang = _language_in_path() or preferred_language()
    return str(g.lang)


def _language_in_path() -> str | None:
    first = request.path.split("/")[1]
    return first if first in languages() else None


def select_locale() -> Locale | None:
    """Choose the locale for Babel."""
    return locale_of(languages()[page_language()].locale) if has_request_context() else None


@lru_cache(maxsize=64)
def locale_of(name: str) -> Locale:
    """Parse a locale's name, such as `pt_PT`."""
    return Locale.parse(name)


def _take_language(_endpoint: str | None, values: dict[str, object] | None) -> None:
    code = (values or {}).pop("lang", None)
    if code is not None:
        g.lang = code
    g.plain = request.args.get("plain") == "1"


def _give_language(endpoint: str, values: dict[str, object]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = page_language()
    if g.get("plain") and "lang" in values:
        values.setdefault("plain", 1)


def same_page(**changes: Any) -> str:
    """Build the address of this page with something changed, such as its language."""
    endpoint, values = g.get("here") or (request.endpoint, request.view_args or {})
    if endpoint is None or ("here" not in g and request.method != "GET") or not _has_language(endpoint):
        endpoint, values = "pages.home", {}
    return url_for(endpoint, **{**values, **changes})


def _has_language(endpoint: str) -> bool:
    return current_app.url_map.is_endpoint_expecting(endpoint, "lang")


def language_links() -> list[Link]:
    """Link to this page in every language."""
    here = page_language()
    return [
        Link(entry.code, entry.name, "" if entry.code == here else same_page(lang=entry.code))
        for entry in languages().values()
    ]


def _page_language() -> dict[str, object]:
    locale = get_locale()
    return {
        "lang": page_language(),
        "direction": locale.text_direction if locale else "ltr",
        "language_links": language_links,
        "plain": bool(g.get("plain")),
        "direction_of": lambda code: locale_of(languages()[code].locale).text_direction,
        "same_page": same_page,
    }
