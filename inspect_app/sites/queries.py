"""The site of this request."""

from flask import g
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.sites.models import Bay, Site
from inspect_app.sites.rules import SiteRules, read_settings


def this_site() -> Site:
    """The site that the session is bound to; read once per request."""
    site: Site | None = g.get("site_row")
    if site is None or site not in db.session:
        site = db.session.get_one(Site, db.session.info["site_id"])
        g.site_row = site
    return site


def site_rules() -> SiteRules:
    """What the site decided for itself."""
    return read_settings(this_site().settings)


def bays() -> list[Bay]:
    """The reception bays in their order."""
    return list(db.session.scalars(select(Bay).order_by(Bay.position, Bay.name)))
