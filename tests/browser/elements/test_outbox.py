"""Captures on their way to the server: kept first, sent second, never lost, never doubled."""

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.elements.shop import Shop

COUNTS = "async () => (await import('/static/js/offline/outbox.js')).outbox.counts()"
LIST = "async () => (await import('/static/js/offline/outbox.js')).outbox.list()"
FLUSH = "async () => (await import('/static/js/offline/outbox.js')).outbox.flush()"
LOSE_HANDLE = """async () => {
    const { outbox } = await import('/static/js/offline/outbox.js');
    (await outbox.store.handle()).close();
}"""
RETRY_ALL = """async () => {
    const { outbox } = await import('/static/js/offline/outbox.js');
    for (const { id } of await outbox.list()) await outbox.retry(id);
}"""
EXPORT = """async () => {
    const { outbox } = await import('/static/js/offline/outbox.js');
    return JSON.parse(await (await outbox.exportAll()).text());
}"""
OLD_ROW = """async () => {
    const { outbox } = await import('/static/js/offline/outbox.js');
    const row = { id: '77777777-7777-4777-8777-777777777777', url: '/visits/1/remarks',
        fields: [['remark', 'from before']], capturedAt: '2026-11-01T08:00:00.000Z' };
    await outbox.store.add(row, []);
    await outbox.flush();
}"""
DELAYS = """async () => {
    const { delayAfter } = await import('/static/js/offline/queue.js');
    const row = (visible, random) =>
        [1, 2, 3, 5, 6, 60].map((failures) => delayAfter(failures, visible, () => random));
    return { seen: row(true, 0), hidden: row(false, 0), early: row(true, 1) };
}"""
PUT = """async ([url, visit, fields, photo]) => {
    const { outbox } = await import('/static/js/offline/outbox.js');
    const { sha256Hex } = await import('/static/js/lib/shrink.js');
    const files = photo ? [{ name: 'photo', file: new File([photo], 'p.jpg') }] : [];
    const sha256 = photo && await sha256Hex(await files[0].file.arrayBuffer());
    return outbox.put({ url, visit, fields: Object.entries(fields), files, sha256 });
}"""


def opened(page: Page) -> Page:
    page.goto("/outbox.html")
    expect(page.locator("html[data-ready]")).to_have_count(1)
    return page


def add(page: Page, remark: str) -> None:
    page.get_by_label("Remark").fill(remark)
    page.get_by_role("button", name="Add").click()


def test_online_the_servers_own_answer_is_shown(page: Page, shop: Shop, visit_id: str) -> None:
    opened(page)

    add(page, "scratch")

    expect(page.locator("#list")).to_have_text("received scratch")
    expect(page.locator("outbox-status")).to_have_text("all safe")
    [post] = shop.received
    assert post.path == f"/visits/{visit_id}/remarks"
    assert post.headers["Hx-Request"] == "true"
    assert post.headers["X-Author"] == "11111111-1111-4111-8111-111111111111"
    assert post.headers["X-Captured-At"].endswith("Z")
    assert int(post.headers["X-Clock-Offset"]) != 0
    assert post.fields["_key"] == post.key
    assert len(post.fields["id"]) == 36


def test_each_submission_has_an_id_of_its_own(page: Page, shop: Shop) -> None:
    opened(page)

    add(page, "one")
    expect(page.locator("#list")).to_have_text("received one")
    add(page, "two")
    expect(page.locator("#list")).to_have_text("received two")

    assert len({post.fields["id"] for post in shop.received}) == 2


def test_what_is_captured_offline_survives_a_reload_and_goes_out_in_order(
    page: Page, tablet: BrowserContext, shop: Shop
) -> None:
    opened(page)
    tablet.set_offline(True)
    add(page, "one")
    expect(page.get_by_text("Saved on this tablet")).to_be_visible()
    add(page, "two")
    expect(page.locator("outbox-status")).to_have_text("2 here")

    page.close()
    tablet.set_offline(False)
    again = opened(tablet.new_page())

    expect(again.locator("outbox-status")).to_have_text("all safe")
    assert [post.fields["remark"] for post in shop.received] == ["one", "two"]


def test_the_late_answer_is_shown_where_it_belongs(
    page: Page, tablet: BrowserContext, shop: Shop
) -> None:
    opened(page)
    tablet.set_offline(True)
    add(page, "one")
    expect(page.get_by_text("Saved on this tablet")).to_be_visible()

    tablet.set_offline(False)

    expect(page.locator("#list")).to_have_text("received one")
    expect(page.get_by_text("Saved on this tablet")).to_have_count(0)


def test_a_lost_answer_is_asked_for_again_under_the_same_key(page: Page, shop: Shop) -> None:
    opened(page)
    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if lost:
            route.fallback()
            return
        lost.append(route.request.headers["idempotency-key"])
        route.fetch()
        route.abort()

    page.route("**/remarks", lose_once)
    add(page, "one")

    expect(page.locator("#list")).to_have_text("received one")
    assert [post.key for post in shop.received] == [lost[0], lost[0]]
    assert len(shop.accepted()) == 1


def test_a_failing_server_is_asked_again(page: Page, shop: Shop) -> None:
    opened(page)
    shop.next_answers.extend([(500, "broken"), (503, "busy")])

    add(page, "one")

    expect(page.locator("#list")).to_have_text("received one")
    assert [post.status for post in shop.received] == [500, 503, 200]
    assert len({post.key for post in shop.received}) == 1


def test_an_ended_sign_in_keeps_the_capture(page: Page, shop: Shop) -> None:
    opened(page)
    shop.next_answers.append((401, "Sign in again"))

    add(page, "one")

    expect(page.locator("#list")).to_have_text("Sign in again")
    expect(page.locator("outbox-status")).to_have_text("1 here")
    page.evaluate(FLUSH)
    expect(page.locator("outbox-status")).to_have_text("all safe")
    assert len(shop.accepted()) == 1


def test_a_refusal_is_parked_with_its_sentence_and_others_go_on(page: Page, shop: Shop) -> None:
    opened(page)
    shop.next_answers.append((409, "This visit is sealed"))

    add(page, "one")
    expect(page.locator("outbox-status")).to_have_text("1 refused, 0 here")
    add(page, "two")
    expect(page.locator("#list")).to_have_text("received two")

    [parked] = page.evaluate(LIST)
    assert parked["state"] == "parked"
    assert parked["problem"]["text"] == "This visit is sealed"
    assert ["remark", "one"] in parked["fields"]
    page.evaluate(RETRY_ALL)
    expect(page.locator("outbox-status")).to_have_text("all safe")


def test_a_form_that_is_corrected_in_place_is_not_parked(page: Page, shop: Shop) -> None:
    opened(page)
    shop.next_answers.append((422, "Say where"))

    add(page, "one")

    expect(page.locator("#list")).to_have_text("Say where")
    expect(page.locator("outbox-status")).to_have_text("all safe")
    assert page.evaluate(LIST) == []


def test_a_lost_connection_to_the_storage_is_opened_again(page: Page, shop: Shop) -> None:
    opened(page)
    page.evaluate(LOSE_HANDLE)

    add(page, "one")

    expect(page.locator("#list")).to_have_text("received one")
    assert len(shop.received) == 1


def test_small_rows_go_before_photos_and_a_row_waits_for_the_row_it_names(
    page: Page, tablet: BrowserContext, shop: Shop, visit_id: str
) -> None:
    opened(page)
    mark_id = "22222222-2222-4222-8222-222222222222"
    photo_id = "33333333-3333-4333-8333-333333333333"
    tablet.set_offline(True)
    page.evaluate(PUT, ["/photos", visit_id, {"id": photo_id, "mark_id": mark_id}, "jpeg"])
    page.evaluate(PUT, [f"/photos/{photo_id}/drawings", visit_id, {"id": "4"}, None])
    page.evaluate(PUT, ["/marks", visit_id, {"id": mark_id}, None])
    page.evaluate(PUT, ["/seals", visit_id, {"id": "5", "photo": photo_id}, None])

    tablet.set_offline(False)
    page.evaluate(FLUSH)

    expect(page.locator("outbox-status")).to_have_text("all safe")
    sent = [post.path for post in shop.accepted()]
    assert sent == ["/marks", "/seals", "/photos", f"/photos/{photo_id}/drawings"]


def test_a_photo_stays_until_the_server_names_its_hash(
    page: Page, tablet: BrowserContext, shop: Shop, visit_id: str
) -> None:
    opened(page)
    page.route("**/photos", lambda route: route.fulfill(status=200, body="a portal's page"))
    page.evaluate(PUT, ["/photos", visit_id, {"id": "1"}, "jpeg"])
    page.evaluate(FLUSH)
    assert page.evaluate(COUNTS)["photos"] == 1

    page.unroute("**/photos")
    page.evaluate(FLUSH)

    assert page.evaluate(COUNTS)["photos"] == 0
    assert shop.accepted()[0].files == {"photo": b"jpeg"}


def test_everything_kept_can_be_carried_away_in_one_file(
    page: Page, tablet: BrowserContext, visit_id: str
) -> None:
    opened(page)
    tablet.set_offline(True)
    page.evaluate(PUT, ["/photos", visit_id, {"id": "1"}, "jpeg"])

    exported = page.evaluate(EXPORT)

    assert exported["format"] == "outbox"
    assert exported["entries"][0]["files"][0]["base64"] == "anBlZw=="


def test_a_plain_form_takes_the_same_road(page: Page, shop: Shop, tablet: BrowserContext) -> None:
    opened(page)
    tablet.set_offline(True)
    page.get_by_label("Note").fill("plain")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Saved on this tablet")).to_be_visible()

    tablet.set_offline(False)
    page.evaluate(FLUSH)

    expect(page.locator("outbox-status")).to_have_text("all safe")
    [post] = shop.accepted()
    assert post.fields["remark"] == "plain"
    assert "Hx-Request" not in post.headers


def test_two_tabs_send_each_capture_once(page: Page, tablet: BrowserContext, shop: Shop) -> None:
    opened(page)
    other = opened(tablet.new_page())
    tablet.set_offline(True)
    add(page, "one")
    add(other, "two")
    expect(page.locator("outbox-status")).to_have_text("2 here")
    expect(other.locator("outbox-status")).to_have_text("2 here")

    tablet.set_offline(False)
    other.evaluate(FLUSH)

    expect(page.locator("outbox-status")).to_have_text("all safe")
    expect(other.locator("outbox-status")).to_have_text("all safe")
    assert sorted(post.fields["remark"] for post in shop.received) == ["one", "two"]


def test_quick_taps_on_one_form_are_all_kept(page: Page, shop: Shop) -> None:
    opened(page)
    page.get_by_label("Remark").fill("one more")
    page.locator("#swapped").evaluate(
        "form => { for (let n = 0; n < 4; n++) form.requestSubmit() }"
    )

    shop.wait_for(4)

    expect(page.locator("outbox-status")).to_have_text("all safe")
    assert len({post.fields["id"] for post in shop.accepted()}) == 4


def test_what_is_done_to_a_refused_row_waits_and_other_visits_go_on(
    page: Page, tablet: BrowserContext, shop: Shop, visit_id: str
) -> None:
    opened(page)
    shop.refused_paths["/visits"] = 409
    tablet.set_offline(True)
    page.evaluate(PUT, ["/visits", visit_id, {"id": visit_id}, None])
    page.evaluate(PUT, [f"/visits/{visit_id}/marks", visit_id, {"id": "1"}, None])
    page.evaluate(PUT, ["/visits/other/marks", "other", {"id": "2"}, None])

    tablet.set_offline(False)
    page.evaluate(FLUSH)

    expect(page.locator("outbox-status")).to_have_text("1 refused, 1 here")
    assert [post.path for post in shop.accepted()] == ["/visits/other/marks"]
    shop.refused_paths.clear()
    page.evaluate(RETRY_ALL)
    expect(page.locator("outbox-status")).to_have_text("all safe")


def test_an_answer_that_names_another_key_confirms_nothing(
    page: Page, shop: Shop, visit_id: str
) -> None:
    opened(page)
    page.route("**/marks", lambda route: route.fulfill(status=200, body="<p>a portal's page</p>"))

    page.evaluate(PUT, ["/marks", visit_id, {"id": "1"}, None])
    page.evaluate(FLUSH)

    assert page.evaluate(COUNTS)["waiting"] == 1
    page.unroute("**/marks")
    page.evaluate(FLUSH)
    assert page.evaluate(COUNTS)["waiting"] == 0


def test_a_row_of_an_older_version_is_read_and_sent(page: Page, shop: Shop) -> None:
    opened(page)

    page.evaluate(OLD_ROW)

    [post] = shop.accepted()
    assert post.fields == {"remark": "from before"}
    assert post.headers["X-Captured-At"] == "2026-11-01T08:00:00.000Z"


def test_waits_grow_to_half_a_minute_and_to_five_where_nobody_looks(page: Page) -> None:
    opened(page)

    delays = page.evaluate(DELAYS)

    assert delays["seen"] == [1000, 2000, 4000, 16000, 30000, 30000]
    assert delays["hidden"] == [1000, 2000, 4000, 16000, 32000, 300000]
    assert delays["early"] == [750, 1500, 3000, 12000, 22500, 22500]
