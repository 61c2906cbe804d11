"""What this installation is set to, read once from the environment."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def _part(name: str) -> Path:
    """Templates, statics and migrations: beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else CHECKOUT / name


TEMPLATES = _part("templates")
STATIC = _part("static")
MIGRATIONS = _part("migrations")


@dataclass(frozen=True)
class Settings:
    """Where things are kept and how the app is reached.

    `secret` is at least 32 bytes: the pepper of the PINs. It lies in the data directory, never in
    the database, so that a stolen database alone opens no PIN.
    """

    data_dir: Path
    database_url: str
    secret: bytes
    port: int = 8000
    secure_port: int = 8443
    behind_proxy: bool = False
    demo: bool = True
    developing: bool = False

    @classmethod
    def from_environment(cls, environment: dict[str, str] | None = None) -> "Settings":
        """Reads PORT, SECURE_PORT, DATA_DIR, DATABASE_URL, BEHIND_PROXY, DEMO and DEVELOPING.

        Raises OSError where the data directory cannot be made or written, ValueError where a port
        is no port.
        """
        env = os.environ if environment is None else environment
        data_dir = Path(env.get("DATA_DIR") or CHECKOUT / "data").expanduser().resolve()
        data_dir.mkdir(parents=True, exist_ok=True)
        port = _port(env.get("PORT"), 8000, "PORT")
        return cls(
            data_dir=data_dir,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'reception.sqlite3'}",
            secret=_secret(data_dir / "secret"),
            port=port,
            secure_port=_port(env.get("SECURE_PORT"), port + 443, "SECURE_PORT"),
            behind_proxy=_switch(env.get("BEHIND_PROXY"), False),
            demo=_switch(env.get("DEMO"), True),
            developing=_switch(env.get("DEVELOPING"), False),
        )


def _switch(text: str | None, default: bool) -> bool:
    return (
        default if text is None or text == "" else text.lower() not in ("0", "no", "off", "false")
    )


def _port(text: str | None, default: int, name: str) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _secret(path: Path) -> bytes:
    """Made once, readable by the owner alone; two processes starting together keep the first."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text().strip())
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    return bytes.fromhex(path.read_text().strip())
