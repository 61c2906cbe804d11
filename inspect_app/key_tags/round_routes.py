"""The evening round: scan every hook in any order, hands free, and sign for what hangs there."""

import uuid
from datetime import datetime

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, TooMany
from inspect_app.fields import Fields
from inspect_app.key_tags import rounds
from inspect_app.key_tags.custody import keys_now, tag_by_number, tag_by_token
from inspect_app.key_tags.queries import slot_of
from inspect_app.key_tags.round_rules import MOST_SCANS, Scanned, paired
from inspect_app.key_tags.routes import bp
from inspect_app.key_tags.scan_routes import scanner_page
from inspect_app.key_tags.scan_rules import MAX_CHARS, read_code
from inspect_app.key_tags.scanning import find, hosts
from inspect_app.staff.actions import check_pin
from inspect_app.staff.rules import KEY_MOVERS, KEYS


def _known(text: str) -> tuple[str, str] | None:
    """("hook", label) or ("tag", number) of this site; None for anything else."""
    code = read_code(text, hosts())
    if code.kind in ("hook", "words") and (slot := slot_of(code.value)) is not None:
        return "hook", slot.label
    tag = tag_by_token(code.value) if code.kind == "tag" else tag_by_number(code.value)
    if tag is None or tag.site_id != db.session.info.get("site_id") or tag.retired_at is not None:
        return None
    return "tag", str(tag.number)


@bp.get("/rounds")
@allow(*KEYS)
def round_list() -> ResponseReturnValue:
    """The last rounds."""
    return render_template(
        "key_tags/rounds.html", rounds=rounds.last_rounds(), moves=who().may(*KEY_MOVERS)
    )


@bp.get("/rounds/new")
@allow(*KEY_MOVERS)
def new_round() -> ResponseReturnValue:
    """The scanner, and the list of what has been scanned; the tablet names in the address what was
    scanned before the page was loaded again."""
    return _page()


def _page(problem: Invalid | TooMany | Conflict | None = None) -> Response:
    scans = [one for one in (_known(text) for text in _sent()) if one is not None]
    answer = scanner_page(
        "key_tags/round_new.html",
        began_at=request.values.get("began_at") or now().isoformat(),
        round_id=_round_id(),
        scans=list(reversed(scans)),
        hanging={str(key.tag): key for key in keys_now(now())} if scans else {},
        refused=problem.message if problem else "",
    )
    answer.status_code = problem.status if problem else 200
    return answer


@bp.get("/rounds/codes")
@allow(*KEY_MOVERS)
def round_code() -> ResponseReturnValue:
    """A line of the list for one code: what it is and whether it belongs where it hangs."""
    text = request.args.get("code", "")[:MAX_CHARS].strip()
    known = _known(text)
    key = None
    if known and known[0] == "tag":
        key = next((one for one in keys_now(now()) if one.tag == int(known[1])), None)
    page = render_template(
        "key_tags/_round_scan.html",
        scan=known,
        key=key,
        problem="" if known else find(text).problem or str(_l("This is no code of this shop.")),
    )
    return make_response(page, 200 if known else 404)


def _round_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.values.get("id", ""))
    except ValueError:
        return uuid.uuid4()


def _sent() -> list[str]:
    """The codes of the form in the order in which they were scanned; the page lists the last on
    top."""
    return list(reversed(request.values.getlist("code")[:MOST_SCANS]))


def _scans() -> list[Scanned]:
    return paired([one for one in (_known(text) for text in _sent()) if one is not None])


def _began_at() -> datetime:
    try:
        moment = datetime.fromisoformat(request.form.get("began_at", ""))
    except ValueError:
        return now()
    return moment if moment.tzinfo else now()


@bp.post("/rounds")
@allow(*KEY_MOVERS)
def add_round() -> ResponseReturnValue:
    """Signed with the PIN of who is signed in. A wrong PIN is counted for good, so this commits
    whatever the answer is."""
    g.writes = True
    db.session.rollback()
    fields = Fields(request.form)
    try:
        round_id, scans = fields.id(), _scans()
        if not scans:
            raise Invalid({"code": _l("Nothing was scanned yet. Scan the tags that hang there.")})
        check_pin(who().id, fields.line("pin", 6), tablet_id=who().tablet_id, at=now())
        rounds.sign_round(
            round_id,
            scans,
            began_at=_began_at(),
            by=who().id,
            at=now(),
            tablet_id=who().tablet_id,
        )
    except (Invalid, TooMany, Conflict) as problem:
        db.session.commit()
        return _page(problem)
    db.session.commit()
    return redirect(url_for("key_tags.show_round", round_id=round_id), 303)


@bp.get("/rounds/<uuid:round_id>")
@allow(*KEYS)
def show_round(round_id: uuid.UUID) -> ResponseReturnValue:
    """What a round found; each finding leads to its key."""
    keys = {key.tag: key for key in keys_now(now())}
    return render_template("key_tags/round.html", round=rounds.round_of(round_id), keys=keys)
