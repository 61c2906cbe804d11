"""Message services for a test: a mail server and a hook on this machine that keep what they get."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Hook(HTTPServer):
    """Keeps each posted message; answers with `status`, after `delay` seconds."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HookHandler)
        self.got: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.status, self.delay = 200, 0.0

    @property
    def url(self) -> str:
        """Where it is posted to."""
        return f"http://127.0.0.1:{self.server_port}/messages"


class _HookHandler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((json.loads(body), dict(self.headers)))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs to hand over one mail; refuses those in `refused`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _MailHandler)
        self.got: list[tuple[str, bytes]] = []
        self.refused: set[str] = set()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _MailHandler(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self._say("550 nobody" if to in self.server.refused else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self.server.got.append((to, self._mail()))
                self._say("250 kept")
            else:
                self._say("221 bye" if verb == "QUIT" else "250 ok")

    def _mail(self) -> bytes:
        lines = []
        while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(line)
        return b"\n".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def running(server: Any) -> Iterator[Any]:
    """The server in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
