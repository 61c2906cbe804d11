"""Records as they were last drawn, kept in this process while nothing in them changes.

A record is read far more often than written, and drawing it takes ten times as long as asking
whether anything has changed. What a page was drawn from is its key, so nothing is ever thrown away
by hand: a page of an older version is simply not asked for again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_PAGES = 200
"""Of some 20 KB each, in each process."""


class KeptPages:
    """The last pages by their key; safe to use from any thread."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, draw: Callable[[], str]) -> str:
        """The page of this key, drawn now if it is not kept."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
                return page
        page = draw()
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return page
