"""What can be wrong before the app is served, each with one clear sentence."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from inspect_app.config import Settings

OLDEST_PYTHON = (3, 11)
HIGHEST_PORT = 65535
# SQLite's write-ahead log needs memory shared between processes, which these do not give.
NETWORK_FILESYSTEMS = frozenset(
    {
        "9p",
        "afpfs",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.glusterfs",
        "fuse.sshfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
    }
)


class CannotServe(Exception):
    """The app is not served; the message is the sentence for the person at the terminal."""


def read_settings() -> Settings:
    """The settings of the environment; raises CannotServe where they name what cannot be used."""
    try:
        settings = Settings.from_environment()
        make_url(settings.database_url)
        with tempfile.TemporaryFile(dir=settings.data_dir):
            pass
    except OSError as cause:
        folder = os.environ.get("DATA_DIR") or "data"
        raise CannotServe(
            f"The data directory {folder} cannot be written ({cause.strerror}): "
            "choose another one with DATA_DIR."
        ) from cause
    except ArgumentError as cause:
        raise CannotServe(
            "DATABASE_URL is no database address: "
            "expected something like postgresql+psycopg://user@host/name."
        ) from cause
    except ValueError as cause:
        raise CannotServe(str(cause)) from cause
    return settings


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Raises CannotServe for a Python older than 3.11."""
    if version < OLDEST_PYTHON:
        found = ".".join(str(part) for part in version)
        raise CannotServe(f"This app needs Python 3.11 or newer; this is Python {found}.")


def check_port(port: int, variable: str) -> None:
    """Raises CannotServe if this machine may not listen on the port, or something else does."""
    if port > HIGHEST_PORT:
        raise CannotServe(
            f"There is no port {port}: choose one up to {HIGHEST_PORT} with {variable}."
        )
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except PermissionError as cause:
            raise CannotServe(
                f"Port {port} needs administrator rights: choose one above 1023 with {variable}."
            ) from cause
        except OSError as cause:
            raise CannotServe(
                f"Port {port} is in use by another program: stop it, "
                f"or choose another one with {variable}={port + 1}."
            ) from cause


def check_disk(database_url: str) -> None:
    """Raises CannotServe if SQLite would lie on a network share."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    kind = filesystem_of(Path(url.database).resolve(), _mounts())
    if kind in NETWORK_FILESYSTEMS:
        raise CannotServe(
            f"The database {url.database} would lie on a network share ({kind}), where SQLite "
            "may lose data: set DATA_DIR to a folder on this machine's own disk."
        )


def filesystem_of(path: Path, mounts: dict[str, str]) -> str | None:
    """The kind of file system that holds `path`; `mounts` gives the kind by mount point."""
    for folder in (path, *path.parents):
        if str(folder) in mounts:
            return mounts[str(folder)]
    return None


def read_mounts(text: str) -> dict[str, str]:
    """Reads /proc/mounts of Linux, or what `mount` prints on macOS: `dev on /point (kind, …)`."""
    mounts: dict[str, str] = {}
    for line in text.splitlines():
        if " on /" in line and line.endswith(")"):
            point, _, kind = line.partition(" on ")[2].rpartition(" (")
            mounts[point] = kind.rstrip(")").split(",")[0]
        elif len(fields := line.split()) >= 3:
            mounts[fields[1].replace("\\040", " ")] = fields[2]
    return mounts


def _mounts() -> dict[str, str]:
    proc = Path("/proc/mounts")
    if proc.exists():
        return read_mounts(proc.read_text(errors="replace"))
    if sys.platform == "darwin":
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        return read_mounts(listed.stdout)
    return {}
