"""A captured request as a whole: read from the wire, kept, and played again later.

Playing it again is the same request to the same address, so that there is no second way to write.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from flask import current_app, request
from markupsafe import Markup
from werkzeug.datastructures import FileStorage, Headers, MultiDict
from werkzeug.test import EnvironBuilder, run_wsgi_app

from inspect_app.access import Who
from inspect_app.web import captured_at, clock_of_tablet, request_key

IN_THE_NAME_OF = "inspect_app.in_the_name_of"
"""In the environment of a request that the shop itself plays; no header can set it."""
AS_A_PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
"""What is played again is answered by a part, never by a page."""
LONGEST_WORDS = 600
PROBLEM = re.compile(r'<\w+ class="field__problem"[^>]*>.*?</\w+>', re.DOTALL)
IN_A_VISIT = re.compile(r"^/visits/([0-9a-f-]{36})(?:/|$)")


@dataclass(frozen=True)
class SentFile:
    """One file of a form."""

    name: str
    filename: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Sent:
    """One captured request; `key` names it for good."""

    key: uuid.UUID
    url: str
    fields: list[tuple[str, str]]
    tablet_clock: str
    clock_offset_ms: int
    captured_at: datetime
    files: list[SentFile] = field(default_factory=list)

    @property
    def visit_id(self) -> uuid.UUID | None:
        """The visit it belongs to, as its address or the row that it makes says."""
        found = IN_A_VISIT.match(self.url)
        text = found[1] if found else dict(self.fields).get("id", "")
        if not found and self.url != "/visits":
            return None
        try:
            return uuid.UUID(text)
        except ValueError:
            return None


@dataclass(frozen=True)
class Played:
    """What the shop answered to a request that was played again."""

    status: int
    text: str

    @property
    def is_taken(self) -> bool:
        """Whether it is in the database now, or was already."""
        return self.status < 400

    @property
    def words(self) -> str:
        """The sentence of the answer, without its markup: what stands at a field, if anything."""
        at_fields = " ".join(PROBLEM.findall(self.text))
        return " ".join(Markup(at_fields or self.text).striptags().split())[:LONGEST_WORDS]


def read_sent() -> Sent | None:
    """The request under way, if a tablet captured it: with a key and a time of its own."""
    key = request_key()
    if key is None or not request.headers.get("X-Captured-At"):
        return None
    told, offset_ms = clock_of_tablet()
    return Sent(
        key=key,
        url=request.full_path.rstrip("?"),
        fields=list(request.form.items(multi=True)),
        tablet_clock=told,
        clock_offset_ms=offset_ms,
        captured_at=captured_at(),
        files=[
            SentFile(name, one.filename or "", one.mimetype, _content_of(one))
            for name, one in request.files.items(multi=True)
        ],
    )


def _content_of(upload: FileStorage) -> bytes:
    """Whoever read the file before, and whoever reads it next, begins at its beginning."""
    upload.stream.seek(0)
    content = upload.stream.read()
    upload.stream.seek(0)
    return content


def play(sent: Sent, who: Who) -> Played:
    """The request once more, in this person's name. Open no writing transaction around it."""
    headers = Headers(
        {
            **AS_A_PART,
            "Idempotency-Key": str(sent.key),
            "X-Captured-At": sent.tablet_clock,
            "X-Clock-Offset": str(sent.clock_offset_ms),
            "Sec-Fetch-Site": "same-origin",
        }
    )
    builder = EnvironBuilder(
        path=sent.url.partition("?")[0],
        query_string=sent.url.partition("?")[2],
        base_url="https://localhost",
        method="POST",
        headers=headers,
        data=_form_of(sent.fields, sent.files),
    )
    environ = builder.get_environ()
    environ[IN_THE_NAME_OF] = who
    body, status, _headers = run_wsgi_app(current_app.wsgi_app, environ, buffered=True)
    text = b"".join(body).decode(errors="replace")
    builder.close()
    return Played(int(status.partition(" ")[0]), text)


def _form_of(
    fields: Iterable[tuple[str, str]], files: Iterable[SentFile]
) -> "MultiDict[str, object]":
    form: MultiDict[str, object] = MultiDict(fields)
    for one in files:
        form.add(one.name, (BytesIO(one.content), one.filename, one.mime))
    return form
