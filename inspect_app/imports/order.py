"""In which order the entries of a file are taken."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from inspect_app.sent import Sent

FORMAT = "outbox"
MAX_ENTRIES = 5_000


@dataclass(frozen=True)
class Entry:
    """One entry of the file. `row` is the row that it makes, `visit` its visit, as ids; `tablet_id`
    the tablet that saved it."""

    sent: Sent
    place: int
    row: str
    visit: str
    author_id: uuid.UUID | None
    claim_id: uuid.UUID | None
    tablet_id: uuid.UUID | None

    @property
    def is_photo(self) -> bool:
        """Photos go after rows, as on the tablet."""
        return bool(self.sent.files)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """As a tablet would send them: oldest first, photos after rows, and what names a row of this
    file after that row. Keep in step with static/js/offline/queue.js."""
    rest, taken = list(entries), []
    while rest:
        ready = [one for one in rest if not any(_holds(other, one) for other in rest)] or rest
        rows = [one for one in ready if not one.is_photo]
        taken.append((rows or ready)[0])
        rest.remove(taken[-1])
    return taken


def _holds(earlier: Entry, one: Entry) -> bool:
    """Whether `one` names the row that the earlier entry makes."""
    if not earlier.row or earlier is one or earlier.place > one.place or earlier.row == one.row:
        return False
    if earlier.row in one.sent.url:
        return True
    names = {one.visit, *(value for _name, value in one.sent.fields)}
    return not earlier.is_photo and (earlier.row in names or earlier.row == str(one.claim_id))
