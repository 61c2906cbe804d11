"""Keeps photos in a folder, by the SHA-256 of the received bytes: <kind>/ab/cd/<sha256>.

Received bytes are on the disk, name and all, before `put_new` returns. Derived sizes are whole or
absent after a power cut, and can be made again. Files come before rows; `sweep` removes files whose
row never came.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, get_args

Kind = Literal["received", "screen", "list"]
KINDS: tuple[Kind, ...] = get_args(Kind)

UNFINISHED = "unfinished"
"""The folder, beside those of the kinds, of files that have no name yet."""

_name = re.compile(r"[0-9a-f]{64}", re.ASCII)


class BadName(ValueError):
    """What was given as a hash is not 64 small hexadecimal digits, or the kind is none."""


class NotStored(LookupError):
    """There is no such file."""


class WrongHash(ValueError):
    """The received bytes do not have the hash they were sent under."""


class StoredDiffers(RuntimeError):
    """The file that stands under this hash holds other bytes: the disk damaged it, or a person."""


class CannotStore(RuntimeError):
    """The disk refused to take a file: it is full, broken or not writable."""


@dataclass(frozen=True)
class Findings:
    """What a check of the folder found, each as received hashes in order.

    `damaged`: the bytes no longer have the hash. `missing`: a row names it, no file holds it.
    `unknown`: no row names it; the next sweep will remove it.
    """

    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every photo that a row names is there, byte by byte."""
        return not self.damaged and not self.missing


class PhotoFolder:
    """The photos under one root folder, which is made when the first photo comes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, sha256: str, kind: Kind) -> Path:
        """Where a photo stands, whether it is there or not; raises BadName."""
        if not _name.fullmatch(sha256) or kind not in KINDS:
            raise BadName
        return self.root / kind / sha256[:2] / sha256[2:4] / sha256

    def put_new(self, sha256: str, kind: Kind, content: bytes) -> bool:
        """Stores the bytes unless they are stored already; True where the file is new.

        `sha256` is that of the received photo, for its derived sizes too. A derived size that
        stands already is kept as it is. Raises BadName, WrongHash, StoredDiffers, CannotStore.
        """
        path = self.path_of(sha256, kind)
        if kind == "received" and hashlib.sha256(content).hexdigest() != sha256:
            raise WrongHash
        try:
            if _made_young(path):
                if kind == "received" and path.read_bytes() != content:
                    raise StoredDiffers
                return False
            self._write(path, content, name_too=kind == "received")
        except OSError as refusal:
            raise CannotStore from refusal
        return True

    def open(self, sha256: str, kind: Kind) -> BinaryIO:
        """The file, open for reading; raises BadName, NotStored."""
        path = self.path_of(sha256, kind)
        try:
            return path.open("rb")
        except FileNotFoundError as absence:
            raise NotStored from absence

    def read(self, sha256: str, kind: Kind) -> bytes:
        """The bytes of the file; raises BadName, NotStored."""
        with self.open(sha256, kind) as file:
            return file.read()

    def has(self, sha256: str, kind: Kind = "received") -> bool:
        """Whether the file is there; raises BadName."""
        return self.path_of(sha256, kind).is_file()

    def sweep(self, known: set[str], older_than: datetime) -> list[str]:
        """Removes files of every kind that no row knows and that were last put before `older_than`.

        Answers their hashes. Leave a day: a file is older than its row by one request at least.
        """
        limit = older_than.timestamp()
        swept = {
            path.name
            for kind in KINDS
            for path in self._files(kind)
            if path.name not in known and self._removed(path, limit)
        }
        for leftover in _listed(self.root / UNFINISHED):
            if leftover.stat().st_mtime < limit:
                leftover.unlink(missing_ok=True)
        return sorted(swept)

    def verify(self, known: Iterable[str]) -> Findings:
        """Reads every received file again and compares its bytes with its name."""
        rows = set(known)
        damaged, found = [], set()
        for path in self._files("received"):
            found.add(path.name)
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != path.name:
                    damaged.append(path.name)
        return Findings(
            damaged=tuple(sorted(damaged)),
            missing=tuple(sorted(rows - found)),
            unknown=tuple(sorted(found - rows)),
        )

    def _files(self, kind: Kind) -> Iterator[Path]:
        return (path for path in (self.root / kind).glob("??/??/*") if _name.fullmatch(path.name))

    def _write(self, path: Path, content: bytes, *, name_too: bool) -> None:
        """Writes beside, then renames: under its name a file is never half there."""
        _make_folder(path.parent)
        unfinished = self._unfinished(path.name)
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        if name_too:
            _sync_folder(path.parent)

    def _unfinished(self, name: str) -> Path:
        folder = self.root / UNFINISHED
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}.{secrets.token_hex(8)}"

    def _removed(self, path: Path, limit: float) -> bool:
        """Removes an old file, but not one that a request put again at this very moment.

        Moved aside first: a `put_new` from then on finds nothing and writes the file anew, one
        from before has made it young, and it is moved back.
        """
        aside = self._unfinished(path.name)
        try:
            if path.stat().st_mtime >= limit:
                return False
            path.rename(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime >= limit:
            aside.rename(path)
            return False
        aside.unlink()
        return True


def _made_young(path: Path) -> bool:
    """Whether the file is there; if so it counts as put now, so that no sweep takes it."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _make_folder(folder: Path) -> None:
    """Makes a folder and those above it, each with its name safe on the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk: a renamed file may vanish in a power cut else."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
