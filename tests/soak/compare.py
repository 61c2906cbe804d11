"""What the tablet captured, beside what the shop has: field by field, photo by photo."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

FIELDS = {
    "order_lines": ("description", "price_amount"),
    "marks": ("zone", "damage_type", "size_class", "remark"),
    "belongings": ("code", "quantity"),
    "photos": ("sha256",),
    "readings": ("odometer", "fuel_eighths"),
    "papers": ("code",),
}
"""The columns of a row that a form of the same name filled."""
TABLE_OF = {
    "lines": "order_lines",
    "marks": "marks",
    "belongings": "belongings",
    "photos": "photos",
    "readings": "readings",
    "papers": "papers",
}
ORDER_OF = {"order_lines": "position", "marks": "number"}
"""The column that says in which order the shop took rows of one visit."""
NAMED = {"price_amount": "price"}


@dataclass(frozen=True)
class Captured:
    """One entry as the tablet kept it."""

    key: str
    url: str
    visit: str
    fields: dict[str, str]

    @property
    def table(self) -> str | None:
        """The table of the row that it makes."""
        return TABLE_OF.get(self.url.split("?")[0].rsplit("/", 1)[1])


@dataclass
class Verdict:
    """What is not as it was captured; each line names it."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    reordered: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not (self.lost or self.doubled or self.reordered)

    def add(self, other: "Verdict") -> None:
        """Joins what another comparison found."""
        self.lost += other.lost
        self.doubled += other.doubled
        self.reordered += other.reordered


def compare(folder: Path, captured: Iterable[Captured]) -> Verdict:
    """Looks every entry up. `captured` in the order of capture."""
    entries, verdict = list(captured), Verdict()
    with closing(sqlite3.connect(folder / "reception.sqlite3")) as database:
        for one in entries:
            if not _has(database, "receipts", one.key):
                verdict.lost.append(f"{one.url} {one.key}: never answered")
            elif (table := one.table) and (wrong := _differs(database, table, one)):
                verdict.lost.append(f"{one.url} {one.key}: {wrong}")
        for visit in {one.visit for one in entries}:
            _count(database, visit, [one for one in entries if one.visit == visit], verdict)
    return verdict


def _has(database: sqlite3.Connection, table: str, key: str) -> bool:
    return bool(database.execute(f"SELECT 1 FROM {table} WHERE id = ?", [_hex(key)]).fetchone())


def _differs(database: sqlite3.Connection, table: str, one: Captured) -> str:
    columns = FIELDS[table]
    found = database.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", [_hex(one.fields["id"])]
    ).fetchone()
    if found is None:
        return "no row"
    for column, value in zip(columns, found, strict=True):
        said = one.fields.get(NAMED.get(column, column))
        if said is not None and said != ("" if value is None else str(value)):
            return f"{column} is {value!r}, captured {said!r}"
    return ""


def _count(
    database: sqlite3.Connection, visit: str, entries: Sequence[Captured], verdict: Verdict
) -> None:
    for table in TABLE_OF.values():
        ids = list(dict.fromkeys(one.fields["id"] for one in entries if one.table == table))
        rows = [row[0] for row in database.execute(_rows_of(table), [_hex(visit)])]
        if len(rows) > len(ids):
            verdict.doubled.append(f"{visit}: {len(rows)} {table}, captured {len(ids)}")
        ours = [_hex(one) for one in ids if _hex(one) in rows]
        if table in ORDER_OF and [row for row in rows if row in ours] != ours:
            verdict.reordered.append(f"{visit}: {table}")


def _rows_of(table: str) -> str:
    order = ORDER_OF.get(table, "id")
    if table == "order_lines":
        return (
            "SELECT order_lines.id FROM order_lines JOIN orders ON orders.id = order_id"
            f" WHERE visit_id = ? ORDER BY {order}"
        )
    return f"SELECT id FROM {table} WHERE visit_id = ? ORDER BY {order}"


def _hex(text: str) -> str:
    return text.replace("-", "")
