"""One request, from the door to the answer: who it is, one transaction, the answer's shape."""

import hashlib
import json
import logging
import uuid
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import Response, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_htmx import HTMX
from sqlalchemy.exc import IntegrityError

from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, Refused, Words
from inspect_app.pwa.models import Receipt

log = logging.getLogger(__name__)
P = ParamSpec("P")
FUTURE_TOLERANCE = timedelta(minutes=5)
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""Before there was this app: a tablet that says so has a clock that was never set."""


class Htmx4(HTMX):  # type: ignore[misc]  # flask-htmx ships no types
    """flask-htmx 0.4.0 with what htmx 4 sends instead of HX-Trigger and a bare HX-Target."""

    @property
    def source(self) -> str | None:
        """`tag#id` of the element that asked."""
        return request.headers.get("HX-Source")

    @property
    def asked(self) -> bool:
        """Whether htmx sent this request, for a page or a part of one."""
        return bool(self.__bool__())

    @property
    def wants_fragment(self) -> bool:
        """A swap of a part of the page: not a whole page, not a boosted link, not a step back."""
        return (
            self.asked
            and request.headers.get("HX-Request-Type", "partial") == "partial"
            and not self.boosted
            and not self.history_restore_request
        )


htmx = Htmx4()


def respond(fragment: str, page_url: str, status: int = 200, **context: Any) -> Response:
    """After a write: the fragment for htmx and the outbox, the page (303) for a plain form."""
    if not htmx.wants_fragment:
        return cast("Response", redirect(page_url, 303))
    response = make_response(render_template(fragment, **context), status)
    response.headers["Vary"] = "HX-Request"
    return response


def lead_on(answer: Response, page_url: str) -> Response:
    """The same tap also goes on to another page, for htmx as for a plain form."""
    answer.headers["HX-Redirect" if htmx.wants_fragment else "Location"] = page_url
    return answer


def page_or_fragment(page: str, fragment: str, **context: Any) -> Response:
    """The same URL as a page or as the part of it that htmx asked for."""
    response = make_response(render_template(fragment if htmx.wants_fragment else page, **context))
    response.headers["Vary"] = "HX-Request"
    return response


def refuse_form(problem: Invalid, page: str, fragment: str, **context: Any) -> Response:
    """The same form again, 422, with what was typed (`form`) and why not (`problems`)."""
    template = fragment if htmx.wants_fragment else page
    response = make_response(
        render_template(template, problems=problem.problems, form=request.form, **context), 422
    )
    response.headers["Vary"] = "HX-Request"
    return response


def refuse_act(
    problem: Refused, page: str, part: str, fill: Callable[..., dict[str, Any]]
) -> Response:
    """The page as it is now, with what was typed (`form`) and why not, each reason at its field or
    as `form` above all (`problems`). `fill` reads anew what the page shows: nothing was changed."""
    said: dict[str, Words] = (
        problem.problems if isinstance(problem, Invalid) else {"form": problem.message}
    )
    if "id" in said:
        raise problem
    db.session.rollback()
    template = part if htmx.wants_fragment else page
    shown = fill(problems=said, form=request.form)
    response = make_response(render_template(template, **shown), problem.status)
    response.headers["Vary"] = "HX-Request"
    response.headers["X-Problem"] = type(problem).__name__
    return response


def in_place_of(element_id: str) -> dict[str, str]:
    """The headers of a refusal that htmx puts in place of an element other than its target."""
    return {"HX-Retarget": f"#{element_id}", "HX-Reswap": "outerHTML", "Vary": "HX-Request"}


def captured_at() -> datetime:
    """When the tablet captured this: its clock plus the offset it measured, never the future.

    A clock that can't be believed counts for nothing: then it is the server's time.
    """
    server_time = now()
    text = request.headers.get("X-Captured-At") or request.form.get("captured_at", "")
    try:
        moment = datetime.fromisoformat(text)
        offset = timedelta(milliseconds=int(request.headers.get("X-Clock-Offset", "0")))
        zone_known = moment.tzinfo is not None
        moment = (moment + offset).astimezone(UTC)
    except (ValueError, OverflowError):
        return server_time
    if not zone_known or not EARLIEST < moment < server_time + FUTURE_TOLERANCE:
        return server_time
    return min(moment, server_time)


def clock_of_tablet() -> tuple[str, int]:
    """What the tablet's own clock said, as it was sent, and the offset in ms that it had measured;
    a capture keeps both beside the server's time."""
    told = (request.headers.get("X-Captured-At") or request.form.get("captured_at", ""))[:40]
    try:
        offset_ms = int(request.headers.get("X-Clock-Offset", "0"))
    except ValueError:
        return told, 0
    return told, offset_ms if abs(offset_ms) < 2**31 else 0


def request_key() -> uuid.UUID | None:
    """The idempotency key of this request: made where it was captured."""
    text = request.headers.get("Idempotency-Key") or request.form.get("_key", "")
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def commits(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """One transaction: committed if the answer is 2xx or 3xx, otherwise nothing happened.

    A request whose key was answered before gets the same answer again; the look-up is the first
    thing in the writing transaction, so that two copies of one request run one after the other.
    """

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        db.session.rollback()
        g.writes = True
        key = request_key()
        if key is not None and (earlier := _earlier_answer(key)):
            return _named(earlier, key)
        try:
            response = make_response(view(*args, **kwargs))
            if response.status_code >= 400:
                db.session.rollback()
                return response
            if key is not None and g.get("who") is not None:
                _keep_answer(key, response)
            db.session.commit()
        except IntegrityError as problem:
            db.session.rollback()
            if not _is_taken(problem):
                raise
            earlier = _earlier_answer(key) if key is not None else None
            if earlier is None:
                raise Conflict(_ENTERED_TWICE) from problem
            response = earlier
        return _named(response, key)

    return run


_ENTERED_TWICE = lazy_gettext(
    "This was entered somewhere else at the same moment. Open the page again and repeat it."
)


def _is_taken(problem: IntegrityError) -> bool:
    """Whether a key or a unique value was there already, in this site or, unseen, in another. Any
    other broken rule of the database is a defect of ours."""
    code = getattr(problem.orig, "sqlstate", None) or getattr(
        problem.orig, "sqlite_errorname", None
    )
    return code in ("23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


def _named(response: Response, key: uuid.UUID | None) -> Response:
    """Names the key of what is now in the database: only then does a tablet drop its own copy."""
    if key is not None:
        response.headers["Idempotency-Key"] = str(key)
    return response


def _request_sha256() -> str:
    """What was asked: path and fields. Files count by their declared hash, which is a field."""
    fields = sorted(request.form.items(multi=True))
    return hashlib.sha256(json.dumps([request.path, fields]).encode()).hexdigest()


def _earlier_answer(key: uuid.UUID) -> Response | None:
    receipt = db.session.get(Receipt, key)
    if receipt is None:
        return None
    if (
        receipt.request_sha256 != _request_sha256()
        or g.who is None
        or receipt.person_id != g.who.id
    ):
        raise KeyReused
    log.info("answered again key=%s", key)
    return Response(zlib.decompress(receipt.body), receipt.status, receipt.headers)


def _keep_answer(key: uuid.UUID, response: Response) -> None:
    kept = {
        name: value
        for name, value in response.headers.items()
        if name in ("Content-Type", "Location", "Vary") or name.startswith(("HX-", "X-Photo"))
    }
    db.session.add(
        Receipt(
            id=key,
            person_id=g.who.id,
            request_sha256=_request_sha256(),
            status=response.status_code,
            headers=kept,
            body=zlib.compress(response.get_data()),
        )
    )


class KeyReused(Refused):
    """The same idempotency key came with another content: 422, for a person to look at."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            lazy_gettext(
                "This entry was sent before with other content. Open the page again and repeat it."
            )
        )


ERROR_PAGES = (401, 403, 404, 409, 413, 422)


def error_page(status: int) -> str:
    """The page of this status; those without one of their own share a near one."""
    return f"errors/{status if status in ERROR_PAGES else 422}.html"


def show_refusal(problem: Refused) -> Response:
    """One place where a refusal becomes an answer."""
    status = problem.status
    context: dict[str, Any] = {"message": problem.message, "request_id": g.get("request_id", "")}
    template = "errors/_problem.html" if htmx.wants_fragment else error_page(status)
    if isinstance(problem, Invalid):
        context["problems"] = problem.problems
    response = make_response(render_template(template, status=status, **context), status)
    if htmx.wants_fragment:
        response.headers["HX-Retarget"] = "#problems"
        response.headers["HX-Reswap"] = "innerHTML"
    response.headers["Vary"] = "HX-Request"
    response.headers["X-Problem"] = type(problem).__name__
    return response
