"""A shop with a car that is checked in and one in the workshop, made once and copied per test."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.db import bind_site, db
from inspect_app.sites.models import Site
from tests.conftest import sign_in
from tests.databases import copy_shop
from tests.factories import check_in
from tests.web.workshop.steps import CHECKED_IN, IN_WORKSHOP, send_in

__all__ = ["migrated_shop"]


@pytest.fixture(scope="session")
def migrated_shop(
    migrated_shop: Path, app_of_run: Flask, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The demo shop with the two cars."""
    folder = app_of_run.extensions["settings"].data_dir
    copy_shop(migrated_shop, folder)
    minji = sign_in(app_of_run, "Minji")
    with app_of_run.app_context():
        bind_site(db.session.scalars(select(Site.id)).one())
        check_in(minji, CHECKED_IN)
        visit_id = check_in(minji, IN_WORKSHOP)
        send_in(minji, visit_id, datetime.now(UTC))
        db.session.remove()
        db.engine.dispose()
    with_cars = tmp_path_factory.mktemp("cars") / "shop"
    copy_shop(folder, with_cars)
    return with_cars
