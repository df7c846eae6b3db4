"""Settings are read once, from the environment; what cannot be used is named, with all the rest that cannot."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import ROOT, BrokenSettings, Settings, read_settings
from tests.conftest import SECRET

LOOPBACK = {"localhost", "127.0.0.1"}


def settings(folder: Path, **given: str) -> Settings:
    return read_settings({"DATA_DIR": str(folder), "SECRET_KEY": SECRET, **given})


def names(found: Settings) -> set[str]:
    """The names it can be asked for by; how an IPv6 address is written there, a page shows better than a list."""
    return {name for name in found.trusted_hosts if not name.startswith("[")}


def test_without_settings_it_serves_this_machine_alone(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert (found.host, found.port, found.workers) == ("127.0.0.1", 8000, 2)
    assert (found.base_url, found.trusted_proxies) == ("", 0)
    assert found.content_dirs == (ROOT / "quizzes",)
    assert found.database == f"sqlite:///{tmp_path}/convive.sqlite3"


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("HOST", "0.0.0.0", "0.0.0.0"),
        ("PORT", "0", 0),
        ("PORT", "65535", 65535),
        ("WORKERS", "1", 1),
        ("WORKERS", "64", 64),
        ("DATABASE_URL", "sqlite:////srv/convive.sqlite3", "sqlite:////srv/convive.sqlite3"),
        ("SECRET_KEY", "k" * 32, "k" * 32),
        ("BASE_URL", "https://test.example", "https://test.example"),
        ("BASE_URL", "https://test.example/", "https://test.example/"),
        ("BASE_URL", "http://test.example:8080", "http://test.example:8080"),
        ("CITY", "Ville-sur-Mer", "Ville-sur-Mer"),
        ("CONTACT", "hello@city.example", "hello@city.example"),
        ("CONTACT", "https://city.example/write", "https://city.example/write"),
        ("TRUSTED_PROXIES", "5", 5),
        ("CONTENT_DIRS", "/srv/one:/srv/two", (Path("/srv/one"), Path("/srv/two"))),
    ],
)
def test_a_setting_that_can_be_used_is_used(tmp_path: Path, name: str, value: str, read: object) -> None:
    assert getattr(settings(tmp_path, **{name: value}), name.lower()) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("WORKERS", "0"),
        ("WORKERS", "65"),
        ("WORKERS", "two"),
        ("SECRET_KEY", "k" * 31),
        ("DATABASE_URL", "convive"),
        ("DATABASE_URL", "mysql://db.example/convive"),
        ("BASE_URL", "test.example"),
        ("BASE_URL", "ftp://test.example"),
        ("BASE_URL", "https://test.example/convive"),
        ("BASE_URL", "https:// test.example"),
        ("BASE_URL", "https://"),
        ("CONTACT", "Mr Smith"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "all"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BrokenSettings) as told:
        settings(tmp_path, **{name: value})
    (line,) = str(told.value).splitlines()
    assert line.startswith(f"{name}: ")
    assert len(line) > len(f"{name}: ")


@pytest.mark.parametrize("name", sorted(name.upper() for name in Settings.model_fields))
def test_an_empty_setting_is_no_setting(tmp_path: Path, name: str) -> None:
    given = {"DATA_DIR": str(tmp_path), "SECRET_KEY": SECRET} | {name: ""}
    if name == "DATA_DIR":
        assert read_settings(given).data_dir == ROOT / "instance"
    elif name == "SECRET_KEY":
        assert len(read_settings(given).secret_key) >= 32
    else:
        assert read_settings(given) == settings(tmp_path)


def test_all_that_cannot_be_used_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BrokenSettings) as told:
        settings(tmp_path, PORT="http", WORKERS="none", SECRET_KEY="short-and-secret")
    named = {line.split(":")[0] for line in str(told.value).splitlines()}
    assert named == {"PORT", "WORKERS", "SECRET_KEY"}
    assert "short-and-secret" not in str(told.value)


def test_a_weak_secret_in_the_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("1234\n")
    with pytest.raises(BrokenSettings, match="SECRET_KEY"):
        read_settings({"DATA_DIR": str(tmp_path)})


def test_settings_never_show_their_secret(tmp_path: Path) -> None:
    found = settings(tmp_path, DATABASE_URL="postgresql://convive:a-password@db.example/convive")
    assert SECRET not in repr(found)
    assert "a-password" not in repr(found)


def test_a_secret_is_made_once_kept_and_read_by_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    before = os.umask(0)
    try:
        first = read_settings({"DATA_DIR": str(folder)}).secret_key
    finally:
        os.umask(before)
    path = folder / "secret-key"
    assert len(first) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kept = path.read_bytes()
    assert read_settings({"DATA_DIR": str(folder)}).secret_key == first
    assert path.read_bytes() == kept
    assert read_settings({"DATA_DIR": str(tmp_path / "other")}).secret_key != first


def test_a_given_secret_is_not_written_down(tmp_path: Path) -> None:
    create_app({"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": SECRET})
    assert not (tmp_path / "data" / "secret-key").exists()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    with pytest.raises(BrokenSettings, match="DATA_DIR"):
        create_app({"DATA_DIR": str(tmp_path / "a-file" / "data")})


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        create_app({"DATA_DIR": str(tmp_path / "new" / "data"), "SECRET_KEY": SECRET})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_postgresql_address_is_taken_as_providers_write_it(tmp_path: Path, scheme: str) -> None:
    found = settings(tmp_path, DATABASE_URL=f"{scheme}://convive:s%40crêt@db.example:5432/convive?sslmode=require")
    assert found.database == "postgresql+psycopg://convive:s%40crêt@db.example:5432/convive?sslmode=require"


def test_a_postgresql_address_with_its_driver_stays_as_it_is(tmp_path: Path) -> None:
    found = settings(tmp_path, DATABASE_URL="postgresql+psycopg://db.example/convive")
    assert found.database == "postgresql+psycopg://db.example/convive"


def test_a_relative_data_folder_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings(Path("here")).data_dir == tmp_path / "here"


def test_it_can_be_asked_for_by_this_machines_names(tmp_path: Path) -> None:
    name = socket.gethostname()
    assert names(settings(tmp_path)) == LOOPBACK | {name, f"{name}.local"}


def test_on_every_interface_it_can_be_asked_for_by_their_addresses_too(tmp_path: Path) -> None:
    found = names(settings(tmp_path, HOST="0.0.0.0"))
    by_name = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    assert names(settings(tmp_path)) | by_name <= found
    assert "0.0.0.0" not in found


def test_on_one_interface_it_can_be_asked_for_by_its_address(tmp_path: Path) -> None:
    assert "192.0.2.7" in settings(tmp_path, HOST="192.0.2.7").trusted_hosts


@pytest.mark.parametrize("address", ["https://test.example", "https://test.example:8443/", "http://Test.Example"])
def test_with_a_base_url_it_can_be_asked_for_by_that_name(tmp_path: Path, address: str) -> None:
    assert names(settings(tmp_path, BASE_URL=address)) == LOOPBACK | {"test.example"}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("test.example", 200),
        ("test.example:443", 200),
        ("evil.example", 400),
        ("test.example.evil.example", 400),
        ("sub.test.example", 400),
        ("192.0.2.9", 400),
    ],
)
def test_a_page_is_given_under_trusted_names_alone(make_app: Callable[..., Flask], host: str, status: int) -> None:
    client = make_app(BASE_URL="https://test.example").test_client()
    page = client.get("/en/", headers={"Host": host})
    assert page.status_code == status
    assert "evil.example" not in page.get_data(as_text=True)


def test_an_ipv6_address_to_listen_on_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BrokenSettings, match="HOST"):
        read_settings({"DATA_DIR": str(tmp_path), "HOST": "::1"})


@pytest.mark.parametrize(("proxies", "is_believed"), [("0", False), ("1", True)])
def test_a_proxy_is_believed_only_where_it_is_trusted(
    make_app: Callable[..., Flask], proxies: str, is_believed: bool
) -> None:
    client = make_app(TRUSTED_PROXIES=proxies).test_client()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    page = client.get("/en/", headers=headers)
    assert ("Strict-Transport-Security" in page.headers) is is_believed
