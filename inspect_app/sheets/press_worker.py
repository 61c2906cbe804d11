"""The process that sets type: reads jobs from standard input, writes answers to standard output.

Started by path, not as a module, so that it holds typst and nothing of the app (85 MB apart from
the web process, given back when it has been idle). Only the standard library and typst are used.
One job is a frame of JSON `{template, data, timestamp, standards, format, ppi, files}` followed by
one frame per file; the answer is a frame of JSON `{ok, error}` and a frame of the document.
"""

import json
import os
import resource
import select
import struct
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import typst

LENGTH = struct.Struct(">I")
IDLE_SECONDS = 120
PEAK_MIB = 320
"""Memory at which the process ends after its answer; a new one takes a tenth of a second."""
UNITS_PER_KIB = 1024 if sys.platform == "darwin" else 1
"""getrusage counts bytes on macOS, KiB elsewhere."""
HERE = Path(__file__).parent


class Source(Protocol):
    """Anything that frames can be read from."""

    def read(self, size: int, /) -> bytes: ...

    def fileno(self) -> int: ...


def read_frame(stream: Source) -> bytes:
    """Return the next frame; EOFError when the other side has gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Write one frame: its length in four bytes, then itself."""
    stream.write(LENGTH.pack(len(body)))
    stream.write(body)


def set_job(
    compilers: dict[str, "typst.Compiler"], root: Path, stream: Source
) -> tuple[str, bytes]:
    """Read one job and return (error, document).

    File names are the same in every job: typst keeps each name it has ever seen for good.
    """
    job = json.loads(read_frame(stream))
    for name in job["files"]:
        (root / Path(name).name).write_bytes(read_frame(stream))
    template = Path(job["template"]).name
    try:
        document = compiler_of(compilers, root, template).compile(
            format=job["format"],
            ppi=job["ppi"],
            sys_inputs={"data": job["data"]},
            pdf_standards=job["standards"],
            timestamp=job["timestamp"],
        )
    except RuntimeError as problem:  # TypstError is one
        return str(problem), b""
    finally:
        for name in job["files"]:
            (root / Path(name).name).unlink()
    return "", document if isinstance(document, bytes) else b""


def compiler_of(
    compilers: dict[str, "typst.Compiler"], root: Path, template: str
) -> "typst.Compiler":
    """Return the compiler of one template, made at first use and kept."""
    import typst  # here: the web process reads frames by this file too, and needs no typst

    if template not in compilers:
        compilers[template] = typst.Compiler(
            input=str(root / template),
            root=str(root),
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            package_path=str(root),
            package_cache_path=str(root),
        )
    return compilers[template]


def serve(root: Path, jobs: Source, answers: IO[bytes]) -> None:
    """Answer jobs until the pipe closes, nothing is asked for a while, or memory is high."""
    compilers: dict[str, typst.Compiler] = {}
    while select.select([jobs], [], [], IDLE_SECONDS)[0]:
        try:
            error, document = set_job(compilers, root, jobs)
        except EOFError:
            return
        write_frame(answers, json.dumps({"ok": not error, "error": error}).encode())
        write_frame(answers, document)
        answers.flush()
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > PEAK_MIB * 1024 * UNITS_PER_KIB:
            return


def main() -> None:
    """Lay the templates into a scratch folder, typst's only root, and serve from there."""
    with tempfile.TemporaryDirectory(prefix="press-") as scratch:
        for template in (Path(name) for name in sys.argv[1:]):
            (Path(scratch) / template.name).write_bytes(template.read_bytes())
        with (
            os.fdopen(os.dup(0), "rb", buffering=0) as raw,
            os.fdopen(os.dup(1), "wb") as answers,
        ):
            serve(Path(scratch), _Whole(raw), answers)


class _Whole:
    """An unbuffered pipe whose reads return all that was asked for: select must see the truth."""

    def __init__(self, raw: Source) -> None:
        self._raw = raw

    def fileno(self) -> int:
        return self._raw.fileno()

    def read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = self._raw.read(size - len(parts))
            if not part:
                break
            parts += part
        return bytes(parts)


if __name__ == "__main__":
    main()
