"""The tablet's own answers are those of the shop, request by request through a whole check-in."""

import json
import re
from typing import Any

from playwright.sync_api import Page

from tests.browser.hand import Hand
from tests.browser.offline.conversation import ID, Asked, captures
from tests.browser.pages.sign_in import SignIn

ANY_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
NUMBER = re.compile(r"\b[VR]\d{4}-\d{4}( · )?")
PROPOSED = re.compile(r'<button class="chip" name="promised_at".*?</button>', re.DOTALL)
"""A time is proposed from the load of the whole plant, of which a tablet has a part."""
ON_THE_TABLET = """async ([code, base, words, asked]) => {
  const [own, shop, book, given] = await Promise.all([
    import(code), import(`${base}js/shop/shop.js`), fetch(words).then((a) => a.json()),
    fetch("/tablet/rows").then((a) => a.json())]);
  shop.open(own, book);
  shop.use(shop.databaseOf(given.rows, given.person.site));
  shop.ask(given.person);
  return asked.map((each) => {
    const answer = shop.answer(each);
    const headers = Object.fromEntries(answer.headers.pairs());
    return [answer.status_code, answer.text, headers.Location ?? null];
  });
}"""
AT_THE_SHOP = """async ([method, url, form, fragment, at]) => {
  const headers = {"X-Captured-At": new Date(at).toISOString()};
  if (fragment) Object.assign(headers, {"HX-Request": "true", "HX-Request-Type": "partial"});
  const body = method === "POST" ? new URLSearchParams(form) : undefined;
  const answer = await fetch(url, {method, headers, body});
  const text = answer.redirected ? "" : await answer.text();
  const place = answer.redirected ? new URL(answer.url).pathname : null;
  return [answer.redirected ? 303 : answer.status, text, place];
}"""


def test_the_tablet_answers_as_the_shop_does(hand: Hand) -> None:
    page = hand.page
    page.goto("/")
    SignIn(hand).sign_in("Minji")
    worker = page.request.get("/sw.js").text()
    code, module = re.findall(r'from "([^"]+)"', worker)
    words = re.findall(r'"words": "([^"]+)"', worker)[0]
    begun: int = page.evaluate("Date.now()") - 300_000
    asked = list(captures("77가 4711"))
    sent = [
        {"method": a.method, "url": a.url, "form": a.fields(), "fragment": not a.page,
         "at": begun + 1000 * place}
        for place, a in enumerate(asked)
    ]  # fmt: skip

    own: list[list[Any]] = page.evaluate(
        ON_THE_TABLET, [code, module.removesuffix("js/worker/worker.js"), words, sent]
    )
    theirs = [shops_answer(page, each) for each in sent]

    known = set(ID.values()) | set(ANY_ID.findall(json.dumps(sent)))
    for each, mine, shops in zip(asked, own, theirs, strict=True):
        assert as_read(mine, known) == as_read(shops, known), named(each)


def shops_answer(page: Page, sent: dict[str, Any]) -> list[Any]:
    """What the shop says to the same request."""
    answer: list[Any] = page.evaluate(AT_THE_SHOP, list(sent.values()))
    return answer


def as_read(answer: list[Any], known: set[str]) -> tuple[int, str, str | None]:
    """An answer without what is made anew each time: ids, the shop's numbers, blanks."""
    status, text, place = answer
    text = "" if status == 303 else PROPOSED.sub("", NUMBER.sub("", text))
    text = ANY_ID.sub(lambda found: found[0] if found[0] in known else "id", text)
    text = re.sub(r"\b(\d+)\.0\b", r"\1", re.sub(r"([:,]) (?=[^ ])", r"\1", text))
    return status, " ".join(text.split()).replace("> <", "><"), place


def named(asked: Asked) -> str:
    """Which request it was."""
    return f"{asked.method} {asked.url} {asked.form}"
