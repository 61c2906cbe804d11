"""A small keep-alive client: one connection, little of its own in what it measures."""

import socket
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode

HEAD_END = b"\r\n\r\n"
PATIENCE_S = 60
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


class BadAnswer(Exception):
    """The server said something else than was expected; the message names it."""


@dataclass(frozen=True)
class Answer:
    """One answer. Header names are lower case; of a repeated header the last one is kept."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes


class Wire:
    """One connection to a port of this machine, with the cookies that it was given."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self._socket = self._connect()
        self._rest = b""

    def __enter__(self) -> "Wire":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Asks for a page as a browser does, compressed."""
        return self.send(self.request("GET", path, headers or {}, b""))

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Sends a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        return self.send(self.request("POST", path, {**kind, **(headers or {})}, body))

    def upload(
        self,
        path: str,
        fields: Mapping[str, str],
        photo: bytes,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Sends a form with one photo, named `photo`."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="photo.jpg"'
            "\r\nContent-Type: image/jpeg\r\n\r\n"
        )
        body = "".join(parts).encode() + photo + f"\r\n--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.send(self.request("POST", path, {**kind, **(headers or {})}, body))

    def request(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        """The bytes of a request, so that they can be sent many times."""
        host = f"127.0.0.1:{self.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip, br"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{n}={v}" for n, v in self.cookies.items()))
        if method == "POST":
            lines += [f"Content-Length: {len(body)}", "Sec-Fetch-Site: same-origin"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode() + HEAD_END + body

    def send(self, request: bytes) -> Answer:
        """One request, one answer; connects anew where the server closed in between."""
        try:
            self._socket.sendall(request)
            return self._read()
        except (BrokenPipeError, ConnectionResetError):
            self._socket.close()
            self._socket, self._rest = self._connect(), b""
            self._socket.sendall(request)
            return self._read()

    def _more(self) -> None:
        came = self._socket.recv(1 << 18)
        if not came:
            raise ConnectionResetError("the server closed the connection")
        self._rest += came

    def _read(self) -> Answer:
        while (end := self._rest.find(HEAD_END)) < 0:
            self._more()
        lines = self._rest[:end].decode("latin-1").split("\r\n")
        self._rest = self._rest[end + len(HEAD_END) :]
        headers: dict[str, str] = {}
        cookies: dict[str, str] = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, content = value.partition(";")[0].partition("=")
                cookies[key] = content
        if headers.get("transfer-encoding") == "chunked":
            body = self._chunks()
        else:
            body = self._exactly(int(headers.get("content-length", "0")))
        return Answer(int(lines[0].split(" ")[1]), headers, cookies, body)

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        body, self._rest = self._rest[:size], self._rest[size:]
        return body

    def _chunks(self) -> bytes:
        parts: list[bytes] = []
        while True:
            while (end := self._rest.find(b"\r\n")) < 0:
                self._more()
            size = int(self._rest[:end], 16)
            self._rest = self._rest[end + 2 :]
            part = self._exactly(size + 2)[:-2]
            if not size:
                return b"".join(parts)
            parts.append(part)


def good(answer: Answer, *statuses: int) -> Answer:
    """The answer, if its status is one of these (200 by default). Raises BadAnswer."""
    if answer.status not in (statuses or (200,)):
        said = answer.body[:300]
        raise BadAnswer(f"status {answer.status}, {answer.headers.get('location', said)!r}")
    return answer


def answers(port: int, path: str = "/sign-in", within_s: float = PATIENCE_S) -> None:
    """Waits until the port answers with 200. Raises TimeoutError."""
    until = time.perf_counter() + within_s
    while time.perf_counter() < until:
        try:
            with Wire(port) as wire:
                if wire.get(path).status == 200:
                    return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"nothing answers at port {port}")
