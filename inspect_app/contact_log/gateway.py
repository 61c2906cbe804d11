"""Sending text messages (a plain HTTP hook) and e-mail (SMTP), as the site's settings say.

`settings["email"]`: host, port, security (tls, starttls or none), sender, user, password.
`settings["sms"]`: url, headers (such as an Authorization), to which {"to", "text", "key"} is posted
as JSON. A channel that is not set up is not offered; there is never a second channel by itself.
"""

import json
import logging
import smtplib
import ssl
import uuid
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from flask_babel import lazy_gettext as _l

from inspect_app.contact_log.rules import can_write_to
from inspect_app.db import now
from inspect_app.errors import Conflict, Words
from inspect_app.sites.models import Site

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 8
"""A person waits at the screen for the answer."""


class NotSent(Conflict):
    """The message did not go out; the sentence says why and what to do."""


def channels(site: Site) -> tuple[str, ...]:
    """The written channels that this site has set up."""
    return tuple(name for name in ("sms", "email") if _setting(site, name))


def send(
    site: Site,
    channel: str,
    to: str,
    text: str,
    *,
    subject: str = "",
    key: uuid.UUID | None = None,
) -> None:
    """Sends one text on one channel. Raises NotSent with a sentence for the person.

    It waits for the network: call it outside of a transaction, or use `actions.send_message`.
    `key` names the message to the other side, so that a repeat can be known there too.
    """
    setting = _setting(site, channel)
    if not setting:
        raise NotSent(_l("This shop sends no such messages. Call the customer instead."))
    if not can_write_to(channel, to):
        raise NotSent(_l("Nothing can be sent to this number or address. Correct it first."))
    try:
        if channel == "email":
            _send_email(setting, site.name, to, subject or site.name, text, key)
        else:
            _post_sms(setting, to, text, key)
    except (OSError, HTTPException, smtplib.SMTPException, MessageError, ValueError) as problem:
        log.warning("message not sent channel=%s problem=%s", channel, type(problem).__name__)
        if isinstance(problem, HTTPError):
            problem.close()
        raise NotSent(_why(problem)) from problem


def _setting(site: Site, channel: str) -> Mapping[str, Any]:
    setting = site.settings.get(channel)
    needed = "host" if channel == "email" else "url"
    return setting if isinstance(setting, Mapping) and setting.get(needed) else {}


def _why(problem: Exception) -> Words:
    if isinstance(problem, TimeoutError):
        return _l("The message service did not answer in time. Call, or try again later.")
    if isinstance(
        problem, (HTTPError, smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
    ):
        return _l("The message service refused the message. Check the number, or call instead.")
    return _l("The message service can't be reached now. Call, or try again later.")


def _send_email(
    setting: Mapping[str, Any], shop: str, to: str, subject: str, text: str, key: uuid.UUID | None
) -> None:
    sender = str(setting.get("sender") or setting.get("user") or "")
    message = EmailMessage()
    message["From"] = Address(shop, addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(key.hex if key else None, sender.rpartition("@")[2])
    message.set_content(text)
    security = setting.get("security", "starttls")
    host, port = (
        str(setting["host"]),
        int(setting.get("port") or (465 if security == "tls" else 587)),
    )
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=PATIENCE_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=PATIENCE_SECONDS)
    with server:
        if security == "starttls":
            server.starttls(context=context)
        if setting.get("user"):
            server.login(str(setting["user"]), str(setting.get("password") or ""))
        server.send_message(message)


class _StaysHere(HTTPRedirectHandler):
    """A hook that has moved is an error to be seen: a repeated POST elsewhere would be a guess."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def _post_sms(setting: Mapping[str, Any], to: str, text: str, key: uuid.UUID | None) -> None:
    url = str(setting["url"])
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("the hook's address is neither http nor https")
    headers = setting.get("headers")
    fields = {"to": to, "text": text, "key": str(key or "")}
    request = Request(url, data=json.dumps(fields).encode(), method="POST")
    for name, value in headers.items() if isinstance(headers, Mapping) else ():
        request.add_header(str(name), str(value))
    request.add_header("Content-Type", "application/json")
    if key is not None:
        request.add_header("Idempotency-Key", str(key))
    with build_opener(_StaysHere).open(request, timeout=PATIENCE_SECONDS) as answer:
        answer.read(1024)
