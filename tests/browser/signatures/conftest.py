"""A shop with a car that is ready to be signed for, and the customer holding the tablet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from inspect_app import create_app
from inspect_app.config import Settings
from inspect_app.db import bind_site, db
from inspect_app.sites.models import Site
from tests.browser.conftest import NewTablet
from tests.browser.serving import LiveShop
from tests.conftest import PINS, sign_in
from tests.factories import ready_to_sign

PLATES = iter(f"{number}나 {number}{number}" for number in range(10, 99))


@pytest.fixture
def visit_id(live_shop: LiveShop) -> Iterator[str]:
    """A visit in which all is captured and nothing signed."""
    app = create_app(Settings.from_environment({"DATA_DIR": str(live_shop.data_dir)}))
    with app.app_context():
        site_id = db.session.scalars(db.select(Site.id).order_by(Site.name)).first()
        db.session.rollback()
        tablet = sign_in(app, "Minji")
        bind_site(site_id)
        made = ready_to_sign(tablet, next(PLATES))
        db.session.rollback()
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def page(new_tablet: NewTablet, visit_id: str) -> Page:
    """The customer's first page, on a tablet that Minji handed over."""
    page = new_tablet().new_page()
    page.goto("/sign-in")
    page.get_by_role("link", name="Minji").click()
    page.locator("#pin").fill(PINS["Minji"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"/visits/{visit_id}/review")
    page.get_by_role("button", name="Hand the tablet over").click()
    page.locator("[data-sign]:enabled").wait_for(state="attached")
    return page
