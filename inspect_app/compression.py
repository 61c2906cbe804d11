"""Smaller answers: static files once per release, pages as they are made.

A shop's network is slow where the cars stand: the record page is 21 KB instead of 4, its sources
200 KB instead of 55 (measured 2026-11-23).

Compressed pages could be guessed at from their length (BREACH) where an attacker's own words and a
secret stand in one answer that the attacker can ask for many times. Here another site's requests
carry no sign-in (SameSite=Lax), posts are known by their origin so that no page holds a token
against forgery, and the pages that show back what was typed hold no secret.
"""

import gzip
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import brotli
from flask import Response, request

LEAST_BYTES = 1024
"""Below this an answer fits into one packet anyway."""
PAGE_BROTLI, PAGE_GZIP = 4, 4
"""0.2 ms for 25 KB each; the best levels take ten times as long for a tenth less."""
FILE_BROTLI, LARGE_FILE_BROTLI, FILE_GZIP = 11, 9, 9
LARGE_BYTES = 200_000
WORTH_IT = 0.9
PAGES = ("text/html", "application/json", "image/svg+xml")
NEVER = frozenset({".png", ".jpg", ".webp", ".avif", ".woff2", ".ico"})
"""Compressed in themselves."""


def shrink(response: Response) -> Response:
    """The answer to this request in the smallest encoding that the browser takes."""
    if not _is_worth_it(response):
        return response
    response.vary.add("Accept-Encoding")
    accepted = request.accept_encodings
    if accepted.quality("br") > 0:
        encoding, content = "br", brotli.compress(response.get_data(), quality=PAGE_BROTLI)
    elif accepted.quality("gzip") > 0:
        encoding, content = "gzip", gzip.compress(response.get_data(), PAGE_GZIP)
    else:
        return response
    response.set_data(content)
    response.headers["Content-Encoding"] = encoding
    return response


def _is_worth_it(response: Response) -> bool:
    return (
        response.mimetype in PAGES
        and not response.direct_passthrough
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= LEAST_BYTES
    )


def shrunk_folder(data_dir: Path, build: str) -> Path:
    """Where the compressed static files of a release lie."""
    return data_dir / "static" / build


def variants(folder: Path, static: Path, path: Path) -> Mapping[str, str]:
    """The compressed files of a static file by encoding, whether they are there or not."""
    beside = folder / path.relative_to(static)
    return {"br": f"{beside}.br", "gzip": f"{beside}.gz"}


def shrink_static(static: Path, data_dir: Path, build: str) -> None:
    """Compresses every static file of this release once, two seconds; removes older releases.

    The folder takes its name when it is complete. Where it cannot be written the files are served
    as they are.
    """
    folder = shrunk_folder(data_dir, build)
    if folder.is_dir():
        return
    unfinished = folder.with_name(f"{build}.{os.getpid()}")
    for path in sorted(p for p in static.rglob("*") if p.is_file() and p.suffix not in NEVER):
        content = path.read_bytes()
        quality = FILE_BROTLI if len(content) < LARGE_BYTES else LARGE_FILE_BROTLI
        target = unfinished / path.relative_to(static)
        for ending, small in (
            (".br", brotli.compress(content, quality=quality)),
            (".gz", gzip.compress(content, FILE_GZIP, mtime=0)),
        ):
            if len(small) < WORTH_IT * len(content):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.with_name(target.name + ending).write_bytes(small)
    older = [other for other in folder.parent.iterdir() if other != unfinished]
    unfinished.rename(folder)
    for other in older:
        shutil.rmtree(other, ignore_errors=True)
