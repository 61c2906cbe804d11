"""Who may call a route. Each route declares exactly one of these; a test lists them all."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from flask import g

from inspect_app.staff.rules import Role

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class Who:
    """The person signed in on this tablet, as this request sees them. While the customer of
    `customer_visit_id` holds it, `handed_over_at` says since when."""

    id: uuid.UUID
    name: str
    roles: frozenset[Role]
    site_id: uuid.UUID
    sign_in_id: uuid.UUID
    tablet_id: uuid.UUID
    locale: str
    hand: str
    customer_visit_id: uuid.UUID | None
    customer_sitting: str = ""
    customer_subject_id: uuid.UUID | None = None
    handed_over_at: datetime | None = None

    def may(self, *roles: Role) -> bool:
        """True where the person has one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Access:
    """What a route asks for: `kind` is public, signed_in, roles, customer or token."""

    kind: str
    roles: frozenset[Role] = frozenset()
    in_customer_mode: bool = False


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        cast("dict[str, object]", view.__dict__)["access"] = access
        return view

    return mark


def allow(*roles: Role, in_customer_mode: bool = False) -> Callable[[View], View]:
    """Only people with one of these roles (process 3.2).

    `in_customer_mode`: also while the customer of that visit holds the tablet, for what the tablet
    still has to send, such as photos under way.
    """
    return _declare(Access("roles", frozenset(roles), in_customer_mode))


def signed_in(view: View) -> View:
    """Anyone who is signed in."""
    return _declare(Access("signed_in"))(view)


def public(view: View) -> View:
    """Anyone, also in customer mode; shows nothing of the shop but what a token opens."""
    return _declare(Access("public", in_customer_mode=True))(view)


def by_token(view: View) -> View:
    """Another system with a token of its own (exchange/doorkeeper.py); no cookie counts here, so a
    request may come from anywhere."""
    return _declare(Access("token", in_customer_mode=True))(view)


def customer_mode(view: View) -> View:
    """The pages of the visit that the tablet was handed over for; staff see them too."""
    return _declare(Access("customer", in_customer_mode=True))(view)


def who() -> Who:
    """The person signed in. Call it only in routes that are not public."""
    return cast("Who", g.who)
