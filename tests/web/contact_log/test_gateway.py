"""Messages leave through real sockets; what goes wrong is a sentence."""

import uuid
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from inspect_app.contact_log import gateway
from inspect_app.contact_log.gateway import NotSent, channels, send
from inspect_app.sites.models import Site
from tests.web.contact_log.services import Hook, MailServer, running

NUMBER, ADDRESS = "010-1234-5678", "sora@example.com"


@pytest.fixture
def hook() -> Iterator[Hook]:
    """The hook of a text message service."""
    with running(Hook()) as server:
        yield server


@pytest.fixture
def mails() -> Iterator[MailServer]:
    """A mail server."""
    with running(MailServer()) as server:
        yield server


@pytest.fixture
def site(shop: Site, hook: Hook, mails: MailServer) -> Site:
    """A site with both channels set up."""
    sms = {"url": hook.url, "headers": {"Authorization": "Bearer 123"}}
    email = {
        "host": "127.0.0.1", "port": mails.port, "security": "none", "sender": "shop@example.com"
    }  # fmt: skip
    shop.settings = {**shop.settings, "sms": sms, "email": email}
    return shop


def test_a_text_message_is_posted_once_with_its_key_and_no_mail_is_sent(
    site: Site, hook: Hook, mails: MailServer
) -> None:
    key = uuid.uuid4()

    send(site, "sms", NUMBER, "내일 10시에 뵙겠습니다.", key=key)

    [(body, headers)] = hook.got
    assert body == {"to": NUMBER, "text": "내일 10시에 뵙겠습니다.", "key": str(key)}
    assert headers["Authorization"] == "Bearer 123"
    assert headers["Idempotency-Key"] == str(key)
    assert mails.got == []


def test_a_mail_carries_text_and_subject_in_any_script_and_no_text_message_is_sent(
    site: Site, hook: Hook, mails: MailServer
) -> None:
    site.name = "한빛 모터스"

    send(site, "email", ADDRESS, "明天十点见。", subject="预约\r\nBcc: all@example.com")

    [(to, raw)] = mails.got
    mail = message_from_bytes(raw, policy=policy.default)
    assert to == ADDRESS
    assert mail["Subject"] == "预约 Bcc: all@example.com"
    assert mail["Bcc"] is None
    assert mail["From"] == "한빛 모터스 <shop@example.com>"
    assert "明天十点见。" in mail.get_content()
    assert hook.got == []


@pytest.mark.parametrize("status", [302, 400, 500])
def test_a_hook_that_refuses_is_a_sentence_and_is_not_asked_twice(
    site: Site, hook: Hook, status: int
) -> None:
    hook.status = status

    with pytest.raises(NotSent, match="NotSent") as refused:
        send(site, "sms", NUMBER, "Hello")

    assert "refused the message" in str(refused.value.message)
    assert len(hook.got) == 1


def test_a_hook_that_does_not_answer_is_not_waited_for(
    site: Site, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "PATIENCE_SECONDS", 0.05)
    hook.delay = 0.2

    with pytest.raises(NotSent) as refused:
        send(site, "sms", NUMBER, "Hello")

    assert "in time" in str(refused.value.message)


def test_a_mail_server_that_refuses_the_address_or_is_away_is_a_sentence(
    site: Site, mails: MailServer
) -> None:
    mails.refused = {ADDRESS}
    with pytest.raises(NotSent) as refused:
        send(site, "email", ADDRESS, "Hello")
    site.settings = {**site.settings, "email": {**site.settings["email"], "port": 1}}
    with pytest.raises(NotSent) as away:
        send(site, "email", ADDRESS, "Hello")

    assert "refused the message" in str(refused.value.message)
    assert "can't be reached" in str(away.value.message)


@pytest.mark.parametrize(
    ("channel", "to"),
    [("email", ""), ("email", "sora"), ("email", "a@b.c, d@e.f"), ("email", "a@b.c\nBcc: d@e.f"),
     ("sms", ""), ("sms", "me"), ("sms", "12"), ("sms", ADDRESS), ("fax", NUMBER)],
)  # fmt: skip
def test_what_is_no_address_is_not_written_to(
    site: Site, hook: Hook, mails: MailServer, channel: str, to: str
) -> None:
    with pytest.raises(NotSent):
        send(site, channel, to, "Hello")

    assert not hook.got
    assert not mails.got


def test_a_channel_that_is_not_set_up_is_not_offered(shop: Site) -> None:
    shop.settings = {"sms": "yes", "email": {"port": 25}}

    assert channels(shop) == ()
    with pytest.raises(NotSent):
        send(shop, "sms", NUMBER, "Hello")


@pytest.mark.parametrize(
    "settings",
    [{"url": "file:///etc/passwd"}, {"url": "nowhere"}, {"url": "http://127.0.0.1:1/"},
     {"url": "http://["}],
)  # fmt: skip
def test_a_hook_that_is_set_up_wrongly_is_a_sentence(shop: Site, settings: dict[str, str]) -> None:
    shop.settings = {"sms": settings}

    with pytest.raises(NotSent) as refused:
        send(shop, "sms", NUMBER, "Hello")

    assert "can't be reached" in str(refused.value.message)
