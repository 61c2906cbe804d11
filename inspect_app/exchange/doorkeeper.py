"""One request of another system: its token, its pace, its key, and problems as JSON (RFC 9457)."""

import hashlib
import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from inspect_app.db import db, now
from inspect_app.errors import Forbidden, Invalid, Refused
from inspect_app.exchange import actions, queries, rules
from inspect_app.exchange.forms import NoJson
from inspect_app.exchange.models import ApiToken

log = logging.getLogger(__name__)
P = ParamSpec("P")
Answer = tuple[Any, int]
MINUTE_S = 60.0
_paces: dict[str, deque[float]] = {}
_pace_lock = threading.Lock()
_TITLES = {
    400: "No JSON object", 401: "No valid token", 403: "Not allowed", 404: "Not found",
    409: "Conflict", 413: "Too large", 415: "Not JSON", 422: "Not valid", 429: "Too many requests",
}  # fmt: skip


def problem(status: int, detail: str = "", errors: dict[str, str] | None = None) -> Response:
    """A refusal as the trade's clients read it."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Refused"),
        "status": status,
        "instance": g.get("request_id", ""),
    }
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = errors
    answer = Response(
        json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json"
    )
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status == 429:
        answer.headers["Retry-After"] = "60"
    return answer


def asks(scope: str) -> Callable[[Callable[P, Answer]], Callable[P, Response]]:
    """A view for a token of this scope (`write` may read too); it answers (value, status)."""

    def wrap(view: Callable[P, Answer]) -> Callable[P, Response]:
        @wraps(view)
        def run(*args: P.args, **kwargs: P.kwargs) -> Response:
            g.locale = "en"
            db.session.rollback()
            g.writes = scope == "write"
            try:
                return _let_in(scope, lambda: view(*args, **kwargs))
            except Invalid as refused:
                said = {name: str(words) for name, words in refused.problems.items()}
                return _refuse(422, errors=said)
            except Refused as refused:
                return _refuse(refused.status, str(refused.message))
            except NoJson:
                return _refuse(400)
            except HTTPException as refused:
                return _refuse(refused.code or 400)

        return run

    return wrap


def _refuse(status: int, detail: str = "", errors: dict[str, str] | None = None) -> Response:
    db.session.rollback()
    return problem(status, detail, errors)


def _let_in(scope: str, view: Callable[[], Answer]) -> Response:
    token = queries.token_shown(request.headers.get("Authorization", ""))
    if token is None:
        return _refuse(401)
    if _is_too_fast(str(token.id)):
        return _refuse(429)
    if scope == "write" and token.scope != "write":
        raise Forbidden
    g.api_token = token
    if scope == "read":
        value, status = view()
        return _json(json.dumps(value, ensure_ascii=False), status)
    return _once(token, view)


def _once(token: ApiToken, view: Callable[[], Answer]) -> Response:
    """The same key and body get the same answer; the same key with another body is refused."""
    key = request.headers.get("Idempotency-Key", "")
    if (request.content_length or 0) > rules.MAX_BODY_BYTES:
        return _refuse(413)
    if request.mimetype != "application/json":
        return _refuse(415)
    if key and not rules.KEY.fullmatch(key):
        return _refuse(422, errors={"Idempotency-Key": "At most 80 visible characters."})
    asked = hashlib.sha256(request.path.encode() + b"\n" + request.get_data()).hexdigest()
    earlier = queries.answer_before(token.id, key) if key else None
    if earlier is not None:
        if earlier.request_sha256 != asked:
            return _refuse(422, "This key came before with another body.")
        return _json(earlier.body, earlier.status)
    value, status = view()
    body = json.dumps(value, ensure_ascii=False)
    actions.used(token, now())
    if key:
        actions.keep_answer(token, key, asked, status, body, now())
    db.session.commit()
    return _json(body, status)


def _json(body: str, status: int) -> Response:
    return Response(body, status, mimetype="application/json")


def _is_too_fast(token_id: str) -> bool:
    """Whether this token asked too often within the last minute, in this process."""
    moment = time.monotonic()
    with _pace_lock:
        asked = _paces.setdefault(token_id, deque())
        while asked and moment - asked[0] > MINUTE_S:
            asked.popleft()
        if len(asked) >= rules.REQUESTS_A_MINUTE:
            return True
        asked.append(moment)
    return False
