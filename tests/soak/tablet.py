"""A tablet without a screen: it keeps entries and sends them by the rules of the outbox.

Keep in step with static/js/offline/queue.js: oldest first, rows before photos, the same request
under the same key until the shop names what it has.
"""

import hashlib
import http.client
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from random import Random
from urllib.parse import urlencode

from tests.soak.compare import Captured

TIMEOUT_S = 20
FAULTS = ("lost_answer", "cut", "twice", "repeated", "signed_out", "killed")
BOUNDARY = "soak-1f0c9b"


@dataclass
class Kept:
    """An entry on the tablet's disk."""

    captured: Captured
    captured_at: datetime
    photo: bytes | None = None
    body: bytes = b""
    kind: str = "application/x-www-form-urlencoded"


@dataclass
class Tablet:
    """`fault_at`: the number of the request that goes wrong, and how."""

    port: int
    person: str
    pin: str
    dice: Random
    fault: str
    fault_at: int
    kill: Callable[[], None]
    wait: Callable[[], None]
    queue: list[Kept] = field(default_factory=list)
    log: list[Captured] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    sent: int = 0
    at: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(minutes=30))

    def sign_in(self) -> None:
        """Name and PIN."""
        body = urlencode({"person": self.person, "pin": self.pin}).encode()
        answer = self._patiently("/sign-ins", body, {})
        assert answer is not None
        assert answer[0] == 303, answer

    def capture(self, url: str, visit: str, photo: bytes | None = None, **fields: object) -> str:
        """Keeps an entry; returns the id of its row."""
        self.at += timedelta(seconds=self.dice.randint(1, 20))
        key, row = self._id(), str(fields.pop("id", None) or self._id())
        said = {"id": row, **{name: str(value) for name, value in fields.items()}, "_key": key}
        if photo is not None:
            said["sha256"] = hashlib.sha256(photo).hexdigest()
        captured = Captured(key, url, visit, said)
        kept = Kept(captured, self.at, photo)
        kept.body = urlencode(said).encode() if photo is None else _multipart(said, photo)
        if photo is not None:
            kept.kind = f"multipart/form-data; boundary={BOUNDARY}"
        self.queue.append(kept)
        self.log.append(captured)
        return row

    def drain(self) -> None:
        """Sends until nothing waits."""
        while self.queue:
            rows = [one for one in self.queue if one.photo is None]
            kept = (rows or self.queue)[0]
            if self._send(kept):
                self.queue.remove(kept)

    def try_once(self, kept: Kept) -> bool:
        """Sends an entry; True where the shop says that it has it."""
        answer = self._ask(kept.captured.url, kept.body, self._headers(kept))
        return answer is not None and answer[0] < 400 and self._is_confirmed(kept, answer[1])

    def _headers(self, kept: Kept) -> dict[str, str]:
        return {
            "Content-Type": kept.kind,
            "Idempotency-Key": kept.captured.key,
            "X-Captured-At": kept.captured_at.isoformat(),
            "X-Clock-Offset": "0",
            "X-Author": self.person,
            "HX-Request": "true",
        }

    def _is_confirmed(self, kept: Kept, named: dict[str, str]) -> bool:
        if kept.photo is not None:
            return named.get("x-photo-sha256") == kept.captured.fields["sha256"]
        return named.get("idempotency-key") == kept.captured.key

    def _send(self, kept: Kept) -> bool:
        self.sent += 1
        headers = self._headers(kept)
        if self.sent == self.fault_at and self._goes_wrong(kept, headers):
            return False
        answer = self._ask(kept.captured.url, kept.body, headers)
        if answer is None:
            self.wait()
            return False
        status, named = answer
        if status == 401:
            self.sign_in()
            return False
        assert status < 400, (kept.captured, status, named)
        return self._is_confirmed(kept, named)

    def _goes_wrong(self, kept: Kept, headers: dict[str, str]) -> bool:
        """Brings the fault about; True where the tablet has had no answer."""
        url, body = kept.captured.url, kept.body
        if self.fault == "lost_answer":
            self._ask(url, body, headers, until="answered")
        elif self.fault == "cut":
            self._ask(url, body, headers, until=self.dice.randrange(max(1, len(body))))
        elif self.fault == "killed":
            killer = threading.Timer(self.dice.random() * 0.05, self.kill)
            killer.start()
            self._ask(url, body, headers)
            killer.join()
            self.wait()
        elif self.fault == "twice":
            other = threading.Thread(target=self._ask, args=(url, body, headers))
            other.start()
            self._ask(url, body, headers)
            other.join()
            return False
        elif self.fault == "repeated":
            self._ask(url, body, headers)
            return False
        elif self.fault == "signed_out":
            self.cookies.pop("sign_in", None)
            return False
        return True

    def _patiently(
        self, url: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, str]] | None:
        for _ in range(40):
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            if answer := self._ask(url, body, {**kind, **headers}):
                return answer
            self.wait()
        return None

    def _ask(
        self, url: str, body: bytes, headers: dict[str, str], until: str | int | None = None
    ) -> tuple[int, dict[str, str]] | None:
        """Status and headers; None where the shop was not reached, or the wire was cut (`until`: so
        many bytes of the body were sent, or until the shop had answered)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.putrequest("POST", url)
            for name, value in {**headers, "Cookie": cookies, "Sec-Fetch-Site": "same-origin",
                                "Content-Length": str(len(body))}.items():  # fmt: skip
                connection.putheader(name, value)
            connection.endheaders()
            if isinstance(until, int):
                connection.send(body[:until])
                return None
            connection.send(body)
            answer = connection.getresponse()
            answer.read()
        except (TimeoutError, OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        if until == "answered":
            return None
        self._remember(answer)
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}

    def _remember(self, answer: http.client.HTTPResponse) -> None:
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                for cookie in SimpleCookie(value).values():
                    self.cookies[cookie.key] = cookie.value

    def _id(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))


def _multipart(fields: dict[str, str], photo: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="p.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), photo, f"\r\n--{BOUNDARY}--\r\n".encode()])
