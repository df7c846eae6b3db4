"""Attempts at the test as load: begun, gone on with, and walked once to learn its forms."""

import asyncio
import itertools
import re

from tests.bench.client import Browser, Connection, form_body, request_bytes
from tests.bench.journey import QUIZ, FilledForm, Walk, take_test
from tests.bench.load import CONNECTIONS, expect
from tests.bench.servers import Server

COOKIE = f"attempt-{QUIZ}"
START = f"/en/quizzes/{QUIZ}/"
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def walk_once(server: Server, language: str = "en") -> Walk:
    """Take the whole test once."""
    return asyncio.run(take_test(Browser(Connection(server.port)), language))


async def begin_attempt(connection: Connection, forms: list[FilledForm], items: int = 1) -> str:
    """Begin an attempt with responses to the first items; says its token, which is its cookie too."""
    port = connection.port
    page = expect(await connection.ask(request_bytes(port, "GET", START)), 200)
    token = TOKEN.findall(page.text)[0]
    for form in forms[:items]:
        token = await respond(connection, form, token)
    return token


async def respond(connection: Connection, form: FilledForm, token: str) -> str:
    """Send one response; says the token of the attempt."""
    sent = expect(await connection.ask(response_request(connection.port, form, token)), 303)
    return sent.header_values("set-cookie")[0].partition(";")[0].partition("=")[2]


def response_request(port: int, form: FilledForm, token: str) -> bytes:
    """Write the request that sends a response."""
    body = form_body([("token", token), *(("choice", choice) for choice in form.choices)])
    return request_bytes(port, "POST", form.action, body, f"{COOKIE}={token}" if token.startswith("a") else "")


def begin_attempts(server: Server, forms: list[FilledForm], count: int, items: int = 1) -> list[str]:
    """Begin many attempts; says their tokens."""

    async def begin(share: int) -> list[str]:
        connection = Connection(server.port)
        tokens = [await begin_attempt(connection, forms, items) for _ in range(share)]
        connection.close()
        return tokens

    async def all_of_them() -> list[list[str]]:
        shares = [count // CONNECTIONS + (place < count % CONNECTIONS) for place in range(CONNECTIONS)]
        return await asyncio.gather(*(begin(share) for share in shares))

    return list(itertools.chain.from_iterable(asyncio.run(all_of_them())))
