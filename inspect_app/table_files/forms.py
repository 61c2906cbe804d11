"""Reading an upload: the file, what it holds, and in which encoding."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from inspect_app.errors import Invalid
from inspect_app.fields import Fields, Form
from inspect_app.table_files.reading import ENCODINGS, MAX_BYTES
from inspect_app.table_files.rules import KINDS

MAX_NAME_CHARS = 120


@dataclass(frozen=True)
class FileDraft:
    """A file as it was sent."""

    id: uuid.UUID
    kind: str
    encoding: str
    name: str
    content: bytes


def read_file(form: Form, files: Mapping[str, FileStorage]) -> FileDraft:
    """The upload. Raises Invalid."""
    fields = Fields(form)
    kind = fields.one_of("kind", KINDS)
    encoding = fields.one_of("encoding", ("", *ENCODINGS))
    sent = files.get("file")
    content = sent.stream.read(MAX_BYTES + 1) if sent is not None else b""
    if not kind:
        fields.problems.setdefault("kind", _l("Choose what the file holds."))
    if not content:
        fields.problems.setdefault("file", _l("Choose a file that is not empty."))
    elif len(content) > MAX_BYTES:
        fields.problems["file"] = _l("The file is larger than 2 MB. Divide it.")
    name = "".join(sign for sign in (sent.filename or "" if sent else "") if sign.isprintable())
    row_id = fields.id()
    if fields.problems:
        raise Invalid(fields.problems)
    return FileDraft(row_id, kind, encoding, name[-MAX_NAME_CHARS:] or kind, content)
