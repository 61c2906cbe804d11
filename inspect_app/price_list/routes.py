"""The price list and the labour rates: read by whoever quotes, set up by those who decide."""

import uuid
from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.amounts import typed_amount
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound, Refused, Stale
from inspect_app.i18n import named_codes, quantity
from inspect_app.price_list import actions, queries
from inspect_app.price_list.forms import KINDS, read_item, read_rate
from inspect_app.price_list.models import LabourRate, PriceItem
from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.web import captured_at, commits

bp = Blueprint("price_list", __name__)

READERS = (*RECEPTION, Role.MANAGER)
EDITORS = (Role.BUSINESS_SUPERVISOR, Role.MANAGER)
"""Process 3.2: those who approve prices and who change settings."""


def _kind() -> str:
    kind = request.values.get("kind", "work")
    return kind if kind in KINDS else "work"


def _page(refused: Refused | None = None) -> ResponseReturnValue:
    text = request.args.get("q", "").strip()
    kind = _kind()
    page = render_template(
        "price_list/show.html",
        kind=kind,
        q=text,
        found=queries.found(text, kind, queries.MOST_SHOWN) if text else queries.items_of(kind),
        rates=queries.labour_rates(),
        may_edit=who().may(*EDITORS),
        problems=refused.problems if isinstance(refused, Invalid) else {},
        form=request.form,
    )
    return make_response(page, refused.status if refused else 200)


@bp.get("/price-list")
@allow(*READERS)
def show() -> ResponseReturnValue:
    """Work or parts, searched or from the beginning, and the rates."""
    return _page()


def _item_page(item: PriceItem | None, refused: Refused | None = None) -> ResponseReturnValue:
    page = render_template(
        "price_list/item.html",
        item=item,
        kind=item.kind if item else _kind(),
        v=request.form if refused else _values(item),
        rate_choices=[(str(rate.id), rate.name) for rate in queries.labour_rates()],
        names=named_codes,
        problems=refused.problems if isinstance(refused, Invalid) else {},
        refused=refused.message if refused and not isinstance(refused, Invalid) else "",
    )
    return make_response(page, refused.status if refused else 200)


def _values(item: PriceItem | None) -> dict[str, Any]:
    """The fields of the form as they stand; of a new item none."""
    if item is None:
        return {"method": "item"}
    names = {f"name_{language}": name for language, name in item.other_names.items()}
    plain = ("code", "name", "usual", "method", "number", "brand", "grade", "is_key_position")
    return names | {name: getattr(item, name) for name in plain} | {
        "price": typed_amount(item.price_amount),
        "hours": quantity(item.hours_hundredths) if item.hours_hundredths is not None else "",
        "rate": str(item.labour_rate_id or ""),
    }  # fmt: skip


@bp.get("/price-list/items/new")
@allow(*EDITORS)
def new_item() -> ResponseReturnValue:
    """An empty form for work or a part."""
    return _item_page(None)


@bp.get("/price-list/items/<uuid:price_item_id>")
@allow(*EDITORS)
def show_item(price_item_id: uuid.UUID) -> ResponseReturnValue:
    """One item, to change it."""
    return _item_page(queries.priced_item(price_item_id).item)


@bp.post("/price-list/items")
@allow(*EDITORS)
@commits
def save_item() -> ResponseReturnValue:
    """Keeps an item; what can't be kept comes back as it was typed."""
    try:
        item = actions.save_item(read_item(request.form, currency=g.currency))
    except (Invalid, Conflict, Stale) as refused:
        return _item_page(_known_item(), refused)
    return redirect(url_for(".show", kind=item.kind), 303)


def _known_item() -> PriceItem | None:
    """The item that was sent, as it stands."""
    try:
        return db.session.get(PriceItem, uuid.UUID(request.form.get("id", "")))
    except ValueError:
        return None


@bp.post("/price-list/items/<uuid:price_item_id>/removal")
@allow(*EDITORS)
@commits
def remove_item(price_item_id: uuid.UUID) -> ResponseReturnValue:
    """Takes an item out of the list."""
    item = queries.priced_item(price_item_id).item
    actions.remove_item(item, at=captured_at())
    return redirect(url_for(".show", kind=item.kind), 303)


@bp.post("/price-list/rates")
@allow(*EDITORS)
@commits
def save_rate() -> ResponseReturnValue:
    """Keeps what an hour of labour costs."""
    try:
        actions.save_rate(*read_rate(request.form, currency=g.currency))
    except Invalid as refused:
        return _page(refused)
    return redirect(url_for(".show", kind=_kind(), _anchor="rates"), 303)


@bp.post("/price-list/rates/<uuid:labour_rate_id>/removal")
@allow(*EDITORS)
@commits
def remove_rate(labour_rate_id: uuid.UUID) -> ResponseReturnValue:
    """A rate that is no longer offered."""
    rate = db.session.get(LabourRate, labour_rate_id)
    if rate is None:
        raise NotFound
    actions.remove_rate(rate, at=captured_at())
    return redirect(url_for(".show", kind=_kind(), _anchor="rates"), 303)
