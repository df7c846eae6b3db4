"""Static files: under their hash, kept for ever, small, and nothing but what lies in the folder."""

import gzip
import hashlib
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.assets import Asset
from tests.attempts.forms import begin, quiz
from tests.checking import CheckingClient
from tests.servers import ROOT

STATIC = ROOT / "static"


@pytest.fixture
def assets(app: Flask) -> dict[str, Asset]:
    """Every static file by its name."""
    return app.extensions["assets"]


def linked(text: str) -> set[str]:
    """Find every static address in a page or a style."""
    return set(re.findall(r"/static/[^\"')\s]+", text))


def test_the_address_of_a_file_holds_the_hash_of_what_is_in_it(
    client: CheckingClient, assets: dict[str, Asset]
) -> None:
    assert {"css/convive.css", "js/convive.js", "img/mark.svg"} <= set(assets)
    for name, asset in assets.items():
        data = (STATIC / name).read_bytes()
        assert asset.address == f"/static/{hashlib.sha256(data).hexdigest()[:10]}/{name}"
        assert client.get(asset.address).get_data() == data


def test_a_file_is_kept_by_browsers_for_ever(client: CheckingClient, assets: dict[str, Asset]) -> None:
    for asset in assets.values():
        assert client.get(asset.address).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [("css/convive.css", "text/css"), ("js/convive.js", "text/javascript"), ("img/mark.svg", "image/svg+xml")],
)
def test_a_file_of_text_is_sent_small_to_those_who_can_read_it(
    app: Flask, assets: dict[str, Asset], name: str, mimetype: str
) -> None:
    browser = FlaskClient(app)
    small = browser.get(assets[name].address, headers={"Accept-Encoding": "gzip, br"})
    plain = browser.get(assets[name].address)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.get_data()) == plain.get_data() == (STATIC / name).read_bytes()
    for response in (small, plain):
        assert "Accept-Encoding" in response.headers["Vary"]
        assert response.mimetype == mimetype


def test_whoever_refuses_gzip_gets_the_file_as_it_is(app: Flask, assets: dict[str, Asset]) -> None:
    address = assets["css/convive.css"].address
    for refusing in ("identity", "gzip;q=0", "br"):
        assert "Content-Encoding" not in FlaskClient(app).get(address, headers={"Accept-Encoding": refusing}).headers


def test_a_picture_is_not_compressed_twice(app: Flask, assets: dict[str, Asset]) -> None:
    response = FlaskClient(app).get(assets["img/card.png"].address, headers={"Accept-Encoding": "gzip"})
    assert response.mimetype == "image/png"
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("digest", ["0000000000", "", "x", "..", "%2e%2e", "0" * 64])
def test_another_hash_is_no_file(client: CheckingClient, digest: str) -> None:
    assert client.get(f"/static/{digest}/css/convive.css").status_code in {404, 308}


def test_a_file_without_its_hash_or_of_another_name_is_not_there(
    client: CheckingClient, assets: dict[str, Asset]
) -> None:
    digest = assets["css/convive.css"].address.split("/")[2]
    others = ["css/convive.css", f"{digest}", f"{digest}/", f"{digest}/css", f"{digest}/js/convive.js"]
    others += [f"{digest}/css/../css/convive.css", f"{digest}/CSS/convive.css", f"{digest}//css/convive.css/"]
    for name in others:
        assert client.get(f"/static/{name}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("address", ["/en/", quiz(), quiz("2"), quiz("18"), "/ar/about", "/en/nothing"])
def test_every_file_that_a_page_links_to_is_there(client: CheckingClient, address: str) -> None:
    begin(client)
    found = linked(client.get(address).get_data(as_text=True))
    assert len(found) >= 3
    for each in found:
        assert client.get(each).status_code == 200


def test_styles_and_scripts_load_nothing_more(assets: dict[str, Asset]) -> None:
    for name, asset in assets.items():
        if name.endswith((".css", ".js", ".svg")):
            text = asset.plain.decode()
            assert re.findall(r"@import|url\(|\bfetch\(|\bimport\s*\(|XMLHttpRequest|sendBeacon", text) == []
            assert set(re.findall(r"https?://[^\s\"')]+", text)) <= {"http://www.w3.org/2000/svg"}


def test_no_page_loads_anything_from_elsewhere(client: CheckingClient) -> None:
    begin(client)
    for rest in ("", "2", "18", "outcome", "resume", "counts", "friends"):
        text = client.get(quiz(rest)).get_data(as_text=True)
        loaded = re.findall(
            r"<(?:script|img|iframe|video|audio|source|object|embed)\b[^>]*?(?:src|data)=\"([^\"]+)", text
        )
        loaded += re.findall(r"<link\b[^>]*rel=\"(?:stylesheet|icon|preload)\"[^>]*href=\"([^\"]+)", text)
        assert [each for each in loaded if not each.startswith("/static/")] == []


def test_the_first_page_is_thirty_kilobytes_in_four_requests_at_most(app: Flask, assets: dict[str, Asset]) -> None:
    browser = FlaskClient(app)
    for address in ("/en/", "/ar/", quiz(), quiz(language="ar")):
        page = browser.get(address, headers={"Accept-Encoding": "gzip"})
        text = gzip.decompress(page.get_data()).decode()
        files = {each for each in linked(text) if not each.endswith("card.png")}
        assert len(files) <= 3
        sent = [browser.get(each, headers={"Accept-Encoding": "gzip"}).get_data() for each in files]
        assert len(page.get_data()) + sum(map(len, sent)) <= 30 * 1024


def test_scripts_are_five_kilobytes_at_most(assets: dict[str, Asset]) -> None:
    scripts = [asset for name, asset in assets.items() if name.endswith(".js")]
    assert sum(len(asset.gzipped) for asset in scripts) <= 5 * 1024
