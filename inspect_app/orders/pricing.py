"""What lines and orders cost (5.1): whole minor units and whole hundredths, no float anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

SYSTEM: Final = "system"
SYMPTOM: Final = "symptom"
ITEM: Final = "item"
METHODS: Final = (SYSTEM, SYMPTOM, ITEM)

CUSTOMER: Final = "customer"
HUNDRED: Final = 100
BASIS_POINTS: Final = 10_000


@dataclass(frozen=True)
class Tax:
    """The site's tax: in basis points (1000 is 10 %), and whether prices include it."""

    basis_points: int = 0
    included: bool = True


class TaxRules(Protocol):
    """What a site decides of its tax."""

    @property
    def tax_basis_points(self) -> int: ...
    @property
    def prices_include_tax(self) -> bool: ...


def tax_of(rules: TaxRules) -> Tax:
    """How a site's prices are taxed."""
    return Tax(rules.tax_basis_points, rules.prices_include_tax)


@dataclass(frozen=True)
class PartPrice:
    """A part as it counts: a customer's own part costs nothing."""

    quantity_hundredths: int
    unit_price_amount: int | None
    is_customers: bool = False

    @property
    def amount(self) -> int | None:
        """Quantity times price, None while the price is not yet known."""
        if self.is_customers:
            return 0
        if self.unit_price_amount is None:
            return None
        return divided(self.quantity_hundredths * self.unit_price_amount, HUNDRED)


class Part(Protocol):
    """What a part of a line says of its price."""

    @property
    def quantity_hundredths(self) -> int: ...
    @property
    def unit_price_amount(self) -> int | None: ...
    @property
    def source(self) -> str: ...


def part_price(part: Part) -> PartPrice:
    """A part as it counts in its line."""
    return PartPrice(part.quantity_hundredths, part.unit_price_amount, part.source == CUSTOMER)


@dataclass(frozen=True)
class Totals:
    """The sum of an order; `all_known` is false while a price is not yet known."""

    net: int
    tax: int
    gross: int
    all_known: bool


def divided(amount: int, by: int) -> int:
    """The quotient of two whole numbers that are not negative, rounded half up."""
    return (2 * amount + by) // (2 * by)


def labour_amount(hours_hundredths: int, rate_amount: int) -> int:
    """Hours times rate."""
    return divided(hours_hundredths * rate_amount, HUNDRED)


def line_total(
    method: str,
    *,
    base_amount: int | None = None,
    risk_amount: int | None = None,
    hours_hundredths: int | None = None,
    rate_amount: int | None = None,
    parts: Sequence[PartPrice] = (),
) -> int | None:
    """What a line costs, None while it is not yet known.

    A system is a package: whatever is done and fitted inside it costs the base price. A symptom
    costs the base price and the allowance for the risk. An item costs its labour, by the hour or at
    a fixed price, and its parts.
    """
    if method == SYSTEM or (base_amount is None and method == SYMPTOM):
        return base_amount
    if method == SYMPTOM:
        return (base_amount or 0) + (risk_amount or 0)
    amounts = [part.amount for part in parts]
    if hours_hundredths is not None and rate_amount is not None:
        amounts.append(labour_amount(hours_hundredths, rate_amount))
    elif base_amount is not None or not parts:
        amounts.append(base_amount)
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def is_reckoned(
    method: str,
    *,
    risk_amount: int | None,
    hours_hundredths: int | None,
    parts: Sequence[PartPrice],
) -> bool:
    """Whether a line's price is more than one typed amount, so that it is not typed as a whole."""
    if method == SYMPTOM:
        return risk_amount is not None
    return method == ITEM and (hours_hundredths is not None or bool(parts))


def totals(amounts: Iterable[int | None], tax: Tax) -> Totals:
    """The order's sum, in whatever order its lines stand. Tax is counted once, of the sum."""
    listed = list(amounts)
    known = [amount for amount in listed if amount is not None]
    total, all_known = sum(known), len(known) == len(listed)
    if tax.included:
        net = divided(total * BASIS_POINTS, BASIS_POINTS + tax.basis_points)
        return Totals(net, total - net, total, all_known)
    extra = divided(total * tax.basis_points, BASIS_POINTS)
    return Totals(total, extra, total + extra, all_known)
