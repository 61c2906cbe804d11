"""What a signature under the order covers, line by line: a change voids its own line alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]
"""A line as the facts of S1 hold it: id, description, price_amount, method, parts."""


@dataclass(frozen=True)
class LineChange:
    """A line that is not as it was: `kind` is new, changed or removed. Amounts are None where
    there was or is no line, or its price is not known."""

    kind: str
    id: str
    description: str
    was_amount: int | None = None
    amount: int | None = None


def line_changes(now: Sequence[Item], then: Sequence[Item]) -> list[LineChange]:
    """What was added to, changed in or taken from the lines since `then`, in the order's order."""
    before = {item["id"]: item for item in then}
    present = {item["id"] for item in now}
    found = []
    for item in now:
        was = before.get(item["id"])
        if was is None:
            found.append(_change("new", item, None, item["price_amount"]))
        elif was != item:
            found.append(_change("changed", item, was["price_amount"], item["price_amount"]))
    for item in then:
        if item["id"] not in present:
            found.append(_change("removed", item, item["price_amount"], None))
    return found


def _change(kind: str, item: Item, was: int | None, now: int | None) -> LineChange:
    return LineChange(kind, item["id"], item["description"], was, now)


def covered(now: Sequence[Item], signed: Sequence[Item]) -> frozenset[str]:
    """The ids of the lines whose authorisation holds: as they were signed."""
    before = {item["id"]: item for item in signed}
    return frozenset(item["id"] for item in now if before.get(item["id"]) == item)


def other_changes(now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    """Whether anything but the lines differs: the promised time, wishes, tax, what is told."""
    skipped = {"items", "disclosures"}
    return any(now.get(name) != then.get(name) for name in (now.keys() | then.keys()) - skipped)
