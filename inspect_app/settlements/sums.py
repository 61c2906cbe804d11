"""What a visit's settlement comes to (D12): whole minor units and hundredths, no float anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from inspect_app.orders.pricing import HUNDRED, Tax, divided, totals

KINDS: Final = ("labour", "part", "outside", "material", "storage")
"""The groups of the sheet in their order; labour and parts stand apart (D12)."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the sheet. `amount` None is a price that nobody has told yet; `sheet` is the
    order's (0) or an additional one's number; `ref` names the row it comes from."""

    kind: str
    description: str
    amount: int | None
    quantity_hundredths: int | None = None
    unit_amount: int | None = None
    sheet: int = 0
    detail: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class PartOfLine:
    """A part as the sheet shows it; `amount` None where its price is not known."""

    name: str
    quantity_hundredths: int
    unit_amount: int | None
    amount: int | None
    detail: str = ""
    ref: str = ""


def charges_of_line(
    description: str,
    price: int | None,
    parts: Sequence[PartOfLine],
    *,
    is_package: bool,
    sheet: int = 0,
    detail: str = "",
    ref: str = "",
) -> list[Charge]:
    """A line of the order as the sheet shows it: its labour, then each part.

    In a package parts are inside the price: they are named and cost nothing more. Otherwise labour
    is what the price holds beside the parts; a price that does not cover its parts (it was agreed
    so) stands whole, with the parts inside.
    """
    known = [part.amount for part in parts if part.amount is not None]
    in_price = is_package or price is None or len(known) < len(parts) or sum(known) > price
    labour = price if in_price or price is None else price - sum(known)
    found = []
    if in_price or labour or not parts:
        found.append(Charge("labour", description, labour, sheet=sheet, detail=detail, ref=ref))
    for part in parts:
        amount = 0 if in_price else part.amount
        unit = None if in_price else part.unit_amount
        found.append(
            Charge(
                "part", part.name, amount, part.quantity_hundredths, unit, sheet, part.detail,
                part.ref,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """What the sheet comes to. `discount` is never more than the charges, the offsets never more
    than the total; `left_over` of deposit and fees goes back to the customer."""

    by_kind: dict[str, int] = field(default_factory=dict)
    charges: int = 0
    discount: int = 0
    net: int = 0
    tax: int = 0
    gross: int = 0
    deposit_offset: int = 0
    fee_offset: int = 0
    payable: int = 0
    left_over: int = 0
    all_known: bool = True


def sheet_totals(
    charges: Iterable[Charge], tax: Tax, *, discount: int = 0, deposit: int = 0, fees: int = 0
) -> SheetTotals:
    """Adds up a sheet. Tax is counted once, of what is left after the discount."""
    listed = list(charges)
    by_kind = {
        kind: sum(charge.amount or 0 for charge in listed if charge.kind == kind) for kind in KINDS
    }
    total = sum(by_kind.values())
    off = min(max(discount, 0), total)
    taxed = totals([total - off], tax)
    deposit_offset = min(max(deposit, 0), taxed.gross)
    fee_offset = min(max(fees, 0), taxed.gross - deposit_offset)
    return SheetTotals(
        by_kind=by_kind,
        charges=total,
        discount=off,
        net=taxed.net,
        tax=taxed.tax,
        gross=taxed.gross,
        deposit_offset=deposit_offset,
        fee_offset=fee_offset,
        payable=taxed.gross - deposit_offset - fee_offset,
        left_over=max(deposit, 0) + max(fees, 0) - deposit_offset - fee_offset,
        all_known=all(charge.amount is not None for charge in listed),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open after the payments: `outstanding` from the customer, `to_give_back` to them."""

    outstanding: int = 0
    to_give_back: int = 0


def standing(sheet: SheetTotals, paid: int) -> Standing:
    """`paid`: for the settlement, with what cash rounded away."""
    rest = sheet.payable - paid
    return Standing(max(rest, 0), max(-rest, 0) + sheet.left_over)


def share_of(quantity_hundredths: int, unit_amount: int) -> int:
    """Quantity times price, halves upwards."""
    return divided(quantity_hundredths * unit_amount, HUNDRED)
