"""The language of a page: from its address, with its direction, and links to the same page in the others."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import format_date, get_translations
from markupsafe import Markup
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
    app.url_map.converters["id"] = type("IdConverter", (BaseConverter,), {"regex": "[a-z][a-z0-9-]{0,39}"})
    babel.init_app(app, locale_selector=select_locale, default_translation_directories=str(compiled))
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    templates: Any = app.jinja_env  # its translation extension adds methods that have no types
    templates.install_gettext_callables(translate, translate_plural, newstyle=True)
    app.jinja_env.globals.update(
        same_page=same_page,
        public_address=public_address,
        language_links=language_links,
        in_language=in_language,
        direction_of=direction_of,
        page_language=page_language,
    )
    app.jinja_env.filters["day"] = lambda day: format_date(day, "long")


def compile_catalogues(source: Path, target: Path) -> Path:
    """Compile every catalogue that is newer than its compiled form; says where the compiled ones are."""
    for path in source.glob("*/LC_MESSAGES/*.po"):
        made = target / path.relative_to(source).with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            made.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as po, NamedTemporaryFile(dir=made.parent, delete=False) as mo:
                write_mo(mo, read_po(po, locale=path.parts[-3]))
            Path(mo.name).replace(made)
    return target


def languages() -> dict[str, LanguageEntry]:
    """List the languages of the interface by their code."""
    found: dict[str, LanguageEntry] = current_app.extensions["languages"]
    return found


def preferred_language() -> str:
    """Choose the language that the browser asks for, else the first one."""
    known = languages()
    wanted = [name.lower() for name, quality in request.accept_languages if quality > 0]
    for code in (each for name in wanted for each in (name, name.split("-")[0])):
        if code in known:
            return code
    return next(iter(known))


def page_language() -> str:
    """Name the language of this page by its code."""
    known: str | None = g.get("lang")
    if known is None:
        known = g.lang = _language_in_path() or preferred_language()
    return known


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


def same_page(code: str | None = None, *, plain: bool | None = None) -> str:
    """Build the address of this page in another language or in other words; of the home page, where it is no page."""
    here, query = _here()
    own, _, rest = here.removeprefix("/").partition("/")
    if own not in languages():
        own, rest = page_language(), ""
    if g.get("plain") if plain is None else plain:
        query["plain"] = "1"
    address = f"/{code or own}/{quote(rest)}"
    return f"{address}?{urlencode(query)}" if query else address


def _here() -> tuple[str, dict[str, str]]:
    """Find the page that is shown: its path, its query without `plain`. A view that answers a form names it in `g`."""
    if "here" in g:
        return str(g.here), {}
    if request.method != "GET":
        return "", {}
    return request.path, {name: value for name, value in request.args.items() if name != "plain"}


def public_address(path: str) -> str:
    """Write the whole address of a path: under BASE_URL where it is set, else under the name that was asked for."""
    return f"{current_app.config['BASE_URL'] or request.host_url.rstrip('/')}{path}"


def language_links() -> list[Link]:
    """Link to this page in every language."""
    here = page_language()
    return [
        Link(entry.code, entry.name, "" if entry.code == here else same_page(entry.code))
        for entry in languages().values()
    ]


def in_language(code: str) -> Markup:
    """Write the attributes of a text in this language: none where the whole page is in it."""
    if code == page_language():
        return Markup("")
    return Markup('lang="{}" dir="{}"').format(code, direction_of(code))


def direction_of(code: str) -> str:
    """Say how a language is written: ltr or rtl."""
    return str(locale_of(languages()[code].locale).text_direction)


def translations() -> Any:
    """Take the catalogue of this page, looked up once."""
    found = g.get("translations")
    if found is None:
        found = g.translations = get_translations()
    return found


def translate(text: str) -> str:
    """Say an interface word in the language of the page."""
    return str(translations().ugettext(text))


def translate_plural(one: str, many: str, number: int) -> str:
    """Say an interface word for so many things."""
    return str(translations().ungettext(one, many, number))
