"""A wire between tablet and shop that breaks as a test says."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CHUNK = 16_384


@dataclass
class Wire:
    """Passes everything on until it is told to cut. `cut_after` counts the bytes that a tablet may
    still send in one connection; `lose_answers` so many answers never reach the tablet, after the
    shop gave them; `refuse` turns new connections away."""

    shop_port: int
    port: int = 0
    refuse: bool = False
    lose_answers: int = 0
    cut_after: int | None = None
    cuts: int = 0
    _listener: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def open(self) -> None:
        """Listens on a port of its own."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Everything that is under way is cut."""
        if self._listener is not None:
            self._listener.close()
        self.drop()

    def drop(self) -> None:
        """Cuts what is under way; new connections go on."""
        with self._lock:
            under_way = list(self._open)
        for one in under_way:
            _end(one)

    def _accept(self) -> None:
        listener = self._listener
        while listener is not None:
            try:
                tablet, _address = listener.accept()
            except OSError:
                return
            if self.refuse:
                _end(tablet)
                continue
            try:
                shop = socket.create_connection(("127.0.0.1", self.shop_port))
            except OSError:
                _end(tablet)
                continue
            with self._lock:
                self._open |= {tablet, shop}
            threading.Thread(target=self._up, args=(tablet, shop), daemon=True).start()
            threading.Thread(target=self._down, args=(shop, tablet), daemon=True).start()

    def _up(self, tablet: socket.socket, shop: socket.socket) -> None:
        sent = 0
        while data := _read(tablet):
            if self.cut_after is not None and sent + len(data) > self.cut_after:
                _write(shop, data[: max(0, self.cut_after - sent)])
                self.cut_after, self.cuts = None, self.cuts + 1
                break
            sent += len(data)
            if not _write(shop, data):
                break
        self._both(tablet, shop)

    def _down(self, shop: socket.socket, tablet: socket.socket) -> None:
        while data := _read(shop):
            if self.lose_answers > 0:
                self.lose_answers, self.cuts = self.lose_answers - 1, self.cuts + 1
                break
            if not _write(tablet, data):
                break
        self._both(tablet, shop)

    def _both(self, *ends: socket.socket) -> None:
        for one in ends:
            _end(one)
        with self._lock:
            self._open -= set(ends)


@contextmanager
def wire_to(shop_port: int) -> Iterator[Wire]:
    """A wire to the shop at this port."""
    wire = Wire(shop_port)
    wire.open()
    yield wire
    wire.close()


def _read(end: socket.socket) -> bytes:
    try:
        return end.recv(CHUNK)
    except OSError:
        return b""


def _write(end: socket.socket, data: bytes) -> bool:
    try:
        end.sendall(data)
    except OSError:
        return False
    return True


def _end(end: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        end.shutdown(socket.SHUT_RDWR)
    end.close()
