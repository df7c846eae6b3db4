"""A small HTTP/1.1 client for loopback: keeps connections alive, knows what came over the wire to the byte."""

import asyncio
import gzip
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

BROKEN = (ConnectionError, EOFError, OSError, asyncio.TimeoutError)
PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    head: bytes
    body: bytes

    def header_values(self, name: str) -> list[str]:
        """Take all headers of a name."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines)
        return [value.strip() for key, _, value in pairs if key.lower() == name]

    @property
    def size(self) -> int:
        """Count the bytes on the wire, headers included."""
        return len(self.head) + len(self.body)

    @property
    def plain_body(self) -> bytes:
        """Take the body, unpacked."""
        return gzip.decompress(self.body) if "gzip" in self.header_values("content-encoding") else self.body

    @property
    def text(self) -> str:
        """Take the body as text."""
        return self.plain_body.decode()

    @property
    def location(self) -> str:
        """Say where a redirect leads: path and query, as a browser asks for it."""
        target = urlsplit(self.header_values("location")[0])
        return target.path + (f"?{target.query}" if target.query else "")


class Connection:
    """One connection; asks one thing at a time, and opens itself again when it was closed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> Answer:
        """Send a request and wait for the whole answer. Raises one of BROKEN where none comes."""
        try:
            return await asyncio.wait_for(self._ask(request), PATIENCE)
        except BROKEN:
            self.close()
            raise

    async def _ask(self, request: bytes) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._reader, self._writer
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lowered = head.lower()
        length = lowered.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
        body = await reader.readexactly(int(length)) if length else b""
        if b"\r\nconnection: close" in lowered:
            self.close()
        return Answer(int(head[9:12]), head, body)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def request_bytes(port: int, method: str, path: str, body: bytes = b"", cookies: str = "") -> bytes:
    """Write a request as a browser would."""
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language: en,fr;q=0.7",
        "Accept-Encoding: gzip, deflate",
        "Connection: keep-alive",
        "Sec-Fetch-Site: same-origin",
    ]
    if cookies:
        lines.append(f"Cookie: {cookies}")
    if method == "POST":
        lines.append(f"Origin: http://127.0.0.1:{port}")
        lines.append("Content-Type: application/x-www-form-urlencoded")
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def form_body(fields: list[tuple[str, str]]) -> bytes:
    """Write a form as a browser sends it."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in fields).encode()


class Browser:
    """A browser without scripts: one connection, one cookie jar."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.jar: dict[str, str] = {}
        self.cookies_set = 0

    async def get(self, path: str) -> Answer:
        """Fetch a page."""
        return await self._ask("GET", path)

    async def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form; a redirect is not followed."""
        return await self._ask("POST", path, form_body(fields))

    async def _ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        answer = await self.connection.ask(request_bytes(self.connection.port, method, path, body, cookies))
        for cookie in answer.header_values("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.jar[name] = value
            self.cookies_set += 1
        return answer
