"""A stand-in for the shop's server, which answers as a test tells it."""

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.security import safe_join
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PAGES = Path(__file__).parent / "pages"
STATIC = Path(__file__).parents[3] / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; media-src 'self' blob:; worker-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
PATIENCE_S = 15.0


@dataclass(frozen=True)
class Received:
    """One post as it came in."""

    path: str
    headers: dict[str, str]
    fields: dict[str, str]
    files: dict[str, bytes]
    status: int

    @property
    def key(self) -> str:
        return self.headers["Idempotency-Key"]


@dataclass
class Shop:
    """Answers posts; `next_answers` are given first, then everything is accepted."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    next_answers: deque[tuple[int, str]] = field(default_factory=deque)
    refused_paths: dict[str, int] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        with Request(environ) as request:
            answer = self._post(request) if request.method == "POST" else self._get(request)
        answer.headers["Content-Security-Policy"] = POLICY
        return answer(environ, start)

    def accepted(self) -> list[Received]:
        """The posts that were answered with success, one for each key."""
        with self.changed:
            return list({r.key: r for r in self.received if r.status < 300}.values())

    def wait_for(self, count: int) -> list[Received]:
        """The posts received, once there are so many."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.received) >= count, PATIENCE_S)
            return list(self.received)

    def _post(self, request: Request) -> Response:
        files = {name: upload.read() for name, upload in request.files.items()}
        with self.changed:
            if self.next_answers:
                status, words = self.next_answers.popleft()
            else:
                status = self.refused_paths.get(request.path, 200)
                words = f"received {request.form.get('remark', '')}"
            post = Received(
                request.path, dict(request.headers), request.form.to_dict(), files, status
            )
            self.received.append(post)
            self.changed.notify_all()
        response = Response(
            f'<p data-problem id="answer">{words}</p>', status, mimetype="text/html"
        )
        if status < 300:
            response.headers["Idempotency-Key"] = request.headers.get("Idempotency-Key", "")
            for content in files.values():
                response.headers["X-Photo-Sha256"] = sha256(content).hexdigest()
        return response

    def _get(self, request: Request) -> Response:
        if request.path == "/connection":
            return Response(
                '{"ok": true, "person": null, "now": "2026-11-23T10:00:00.000Z"}',
                mimetype="application/json",
            )
        root, name = (STATIC, "/static/") if request.path.startswith("/static/") else (PAGES, "/")
        found = safe_join(str(root), request.path.removeprefix(name))
        if found is None or not Path(found).is_file():
            return Response("", 404)
        path = Path(found)
        return Response(path.read_bytes(), mimetype=TYPES.get(path.suffix, "text/plain"))
