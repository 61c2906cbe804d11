"""What a scanned or typed code leads to, or in one sentence why to nothing."""

import uuid
from dataclasses import dataclass

from flask import request

from inspect_app.db import db
from inspect_app.gate_passes.queries import pass_by_token
from inspect_app.i18n import clock
from inspect_app.key_tags.custody import (
    open_registration_of_tag,
    tag_by_number,
    tag_by_token,
)
from inspect_app.key_tags.custody_words import _
from inspect_app.key_tags.models import KeyTag
from inspect_app.key_tags.queries import slot_of
from inspect_app.key_tags.scan_rules import read_code
from inspect_app.sites.queries import site_rules
from inspect_app.visits.queries import visit_by_code


@dataclass(frozen=True)
class Found:
    """One of `registration_id` (a key) and `visit_id` is set, or `problem` says why neither.
    `tag` is the number of a tag that was recognised; `is_bad`: not ours, or not to be used."""

    registration_id: uuid.UUID | None = None
    visit_id: uuid.UUID | None = None
    tag: int | None = None
    problem: str = ""
    is_bad: bool = False


def hosts() -> set[str]:
    """Every host that a code of this shop may carry: its settings', old ones, and this address."""
    decided = site_rules()
    return {decided.key_host, *decided.old_key_hosts, request.host.upper()}


def find(text: str) -> Found:
    """Looks a code up. Never opens what it says."""
    code = read_code(text, hosts())
    if code.kind == "tag":
        return _tag(tag_by_token(code.value))
    if code.kind == "foreign":
        return Found(
            problem=_("This code belongs to %(host)s, not to this shop.", host=code.value)
            if code.value
            else _("This is no code of this shop."),
            is_bad=True,
        )
    if code.kind == "hook":
        return _hook(code.value)
    if code.kind == "pass":
        return _pass(code.value)
    return _words(code.value)


def _tag(tag: KeyTag | None) -> Found:
    if tag is None:
        return Found(problem=_("No tag of this shop has this code."), is_bad=True)
    if tag.site_id != db.session.info.get("site_id"):
        return Found(problem=_("This tag belongs to another shop."), is_bad=True)
    if tag.retired_at is not None:
        return Found(
            tag=tag.number,
            problem=_(
                "Tag %(n)s is retired since %(day)s %(time)s. Put it away and take another.",
                n=tag.number,
                day=tag.retired_at.date(),
                time=clock(tag.retired_at),
            ),
            is_bad=True,
        )
    registration_id = open_registration_of_tag(tag.id)
    if registration_id is None:
        return Found(
            tag=tag.number,
            problem=_(
                "Tag %(n)s is free: no key hangs on it. Register a key on the page of its visit.",
                n=tag.number,
            ),
        )
    return Found(registration_id=registration_id, tag=tag.number)


def _pass(token: str) -> Found:
    shown = pass_by_token(token)
    if shown is None or shown.site_id != db.session.info.get("site_id"):
        return Found(problem=_("No gate pass of this shop has this code."), is_bad=True)
    return Found(visit_id=shown.visit_id)


def _hook(label: str) -> Found:
    if slot_of(label) is None:
        return Found(problem=_("No hook is called %(label)s.", label=label), is_bad=True)
    return Found(problem=_("This is hook %(label)s. Scan the key's tag.", label=label))


def _words(text: str) -> Found:
    tag = tag_by_number(text)
    if tag is not None:
        return _tag(tag)
    visit_id = visit_by_code(text)
    if visit_id is not None:
        return Found(visit_id=visit_id)
    return Found(
        problem=_(
            "Nothing here goes by “%(code)s”. Check the number on the tag or the paper.",
            code=text[:60],
        ),
        is_bad=True,
    )
