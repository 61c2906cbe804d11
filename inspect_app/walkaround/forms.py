"""Reading check lines and conditions."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from inspect_app.catalogues import is_code
from inspect_app.errors import Invalid, Words
from inspect_app.ids import read_id
from inspect_app.walkaround.mark_drafts import remark_in, say
from inspect_app.walkaround.rules import check_line


@dataclass(frozen=True)
class CheckDraft:
    """The answer to one line."""

    id: uuid.UUID
    kind: str
    code: str
    result: str
    remark: str


def read_check(form: Mapping[str, str]) -> CheckDraft:
    """The answer to a check line; one button says line and answer as `code:result`.

    Raises Invalid.
    """
    problems: dict[str, Words] = {}
    code, _, result = form.get("line", "").partition(":")
    draft = CheckDraft(
        id=read_id(form),
        kind=form.get("list_name", ""),
        code=code or form.get("code", ""),
        result=result or form.get("result", ""),
        remark=remark_in(form, problems),
    )
    say(check_line(draft.kind, draft.code, draft.result, draft.remark), problems)
    if draft.kind == "zone":
        say(["UNKNOWN_CHECK_LIST"], problems)  # a zone is answered by marks and its station
    if problems:
        raise Invalid(problems)
    return draft


def read_conditions(form: Mapping[str, str]) -> dict[str, str]:
    """What of the conditions was answered: body and light. Raises Invalid."""
    lists = {"body_condition": "body_conditions", "light": "light"}
    found = {name: form[name] for name in lists if form.get(name)}
    problems: dict[str, Words] = {
        name: _l("Choose one of the offered answers.")
        for name, code in found.items()
        if not is_code(lists[name], code)
    }
    if problems or not found:
        raise Invalid(problems or {"light": _l("Choose one of the offered answers.")})
    return found


def read_choice(form: Mapping[str, str], name: str, offered: tuple[str, ...]) -> str:
    """One of the offered codes. Raises Invalid."""
    if form.get(name) not in offered:
        raise Invalid({name: _l("Choose one of the offered answers.")})
    return form[name]
