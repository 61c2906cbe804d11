"""What the customer must be told before signing, and in which words (process 5.4, P1 to P10).

The texts stand in the list `disclosures`, in every language of the app. P1 to P4, P6 and P10 are
due by what the order says; P5, P7, P8 and P9 by what happens to the car, so their nouns ask for
the text alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from inspect_app.catalogues import name_of
from inspect_app.orders.pricing import ITEM, SYMPTOM

CODES: Final = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10")
NOT_NEW: Final = frozenset({"remanufactured", "used"})
"""Grades whose origin and check the customer is told of (P10)."""
CUSTOMERS: Final = "customer"
AFTERMARKET: Final = "aftermarket_new"


class Part(Protocol):
    """What a part says that matters here (5.3)."""

    @property
    def source(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def is_key_position(self) -> bool: ...
    @property
    def origin(self) -> str: ...
    @property
    def check_result(self) -> str: ...


@dataclass(frozen=True)
class PricedLine:
    """A line of the order: its place on the paper, its method, its parts by their ids."""

    number: int
    id: str
    method: str
    parts: Sequence[tuple[str, Part]] = ()


@dataclass(frozen=True)
class Due:
    """A disclosure that is due, the numbers of the lines and the ids of lines or parts it is about;
    `amount` for P6."""

    code: str
    numbers: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    amount: int | None = None


def text(code: str, locale: str, **facts: str) -> str:
    """The words of a disclosure in a language; `time` for P5, `amount` for P6."""
    return name_of("disclosures", code, locale).format(**facts)


def is_customers(part: Part) -> bool:
    """P3: the customer brings the part."""
    return part.source == CUSTOMERS


def is_insisted_on(part: Part) -> bool:
    """P4: an aftermarket part of ours in a key position; a customer's own falls under P3."""
    return part.grade == AFTERMARKET and part.is_key_position and not is_customers(part)


def is_not_new(part: Part) -> bool:
    """P10: used or remanufactured."""
    return part.grade in NOT_NEW


def is_unproven(part: Part) -> bool:
    """A used part of ours of which nobody said where it is from and how it was checked."""
    return is_not_new(part) and not is_customers(part) and not (part.origin and part.check_result)


def is_without_guarantee(part: Part) -> bool:
    """Whether its technical quality is not vouched for (4.07); the work on it always is."""
    return is_customers(part) or is_insisted_on(part)


def due_disclosures(
    lines: Sequence[PricedLine], *, diagnosis_fee_amount: int | None = None
) -> list[Due]:
    """What is to be told with this order, in the order of the codes.

    `diagnosis_fee_amount`: the fee that falls due if no repair follows, where a diagnosis is
    ordered here; nothing is said of a fee that is not charged.
    """
    due = [
        *_by_method("P1", SYMPTOM, lines),
        *_by_method("P2", ITEM, lines),
        *_by_part("P3", is_customers, lines),
        *_by_part("P4", is_insisted_on, lines),
    ]
    if diagnosis_fee_amount:
        due.append(Due("P6", amount=diagnosis_fee_amount))
    return [*due, *_by_part("P10", is_not_new, lines)]


def _by_method(code: str, method: str, lines: Sequence[PricedLine]) -> Iterator[Due]:
    found = [line for line in lines if line.method == method]
    if found:
        numbers, about = (line.number for line in found), (line.id for line in found)
        yield Due(code, tuple(numbers), tuple(about))


def _by_part(
    code: str, applies: Callable[[Part], bool], lines: Sequence[PricedLine]
) -> Iterator[Due]:
    found = [
        (line.number, part_id) for line in lines for part_id, part in line.parts if applies(part)
    ]
    if found:
        numbers = dict.fromkeys(number for number, _id in found)
        yield Due(code, tuple(numbers), tuple(part_id for _number, part_id in found))
