"""Languages, times and amounts as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel

from inspect_app import catalogues
from inspect_app.config import PACKAGE

LOCALES = ("en", "ko", "zh")
HTML_LANG = {"en": "en", "ko": "ko", "zh": "zh-Hans"}
OWN_NAMES = {"en": "English", "ko": "한국어", "zh": "中文"}


def locale() -> str:
    """The language of this answer: the person's, or in customer mode the customer's."""
    chosen = g.get("locale")
    if chosen in LOCALES:
        return cast("str", chosen)
    return request.accept_languages.best_match(LOCALES, "en") if has_request_context() else "en"


def zone() -> ZoneInfo:
    """The site's time zone."""
    return ZoneInfo(g.get("timezone") or "UTC")


def clock(moment: datetime | None) -> str:
    """`14:05`, in the site's zone. An explicit 24-hour pattern: Babel's Korean one says "PM"."""
    return moment.astimezone(zone()).strftime("%H:%M") if moment else ""


def moment(value: datetime | None) -> str:
    """`2026-11-23 14:05`, in the site's zone."""
    return value.astimezone(zone()).strftime("%Y-%m-%d %H:%M") if value else ""


def day(value: datetime | date | None) -> str:
    """`2026-11-23`."""
    if isinstance(value, datetime):
        value = value.astimezone(zone()).date()
    return value.isoformat() if value else ""


def weekday(value: datetime | date) -> str:
    """`Wed`, in the reader's language and the site's zone."""
    if isinstance(value, datetime):
        value = value.astimezone(zone()).date()
    return str(format_date(value, "EEE", locale=locale()))


def local_input(value: datetime | None) -> str:
    """The value of an `<input type="datetime-local">`, in the site's zone."""
    return value.astimezone(zone()).strftime("%Y-%m-%dT%H:%M") if value else ""


def read_local(text: str) -> datetime:
    """The moment that a `datetime-local` field names in the site's zone; ValueError for none."""
    return datetime.fromisoformat(text).replace(tzinfo=zone()).astimezone(UTC)


def minor_digits(currency: str) -> int:
    """How many minor digits the currency has: 0 for KRW, 2 for CNY."""
    return get_currency_precision(currency)


def money(amount: int | None, currency: str | None = None) -> str:
    """An amount in whole minor units as people of this language write it."""
    if amount is None:
        return ""
    currency = currency or cast("str", g.get("currency") or "KRW")
    digits = minor_digits(currency)
    return format_currency(Decimal(amount).scaleb(-digits), currency, locale=locale())


def quantity(hundredths: int) -> str:
    """A quantity as it is said: `2`, `1.5`, `0.25`."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


def percent(basis_points: int) -> str:
    """A rate in hundredths of a percent: `10 %`, `7.5 %`."""
    return f"{quantity(basis_points)} %"


def named_codes(list_name: str) -> list[tuple[str, str]]:
    """The codes of a list with their names in the language of this answer, for choosing one."""
    return [(entry.code, entry.name(locale())) for entry in catalogues.entries(list_name)]


@cache
def _catalogue(code: str) -> NullTranslations:
    """The words of one language, read once for each process."""
    folder = PACKAGE / "catalogues" / "translations"
    return cast("NullTranslations", Translations.load(str(folder), [code]))


def install(app: Flask) -> None:
    """Flask-Babel with our own choice of language, and the filters of the templates."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(PACKAGE / "catalogues" / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    Babel(app, locale_selector=locale)
    # flask-babel asks for app, context and languages again for each word: 2 ms a page of 80 words.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of jinja2.ext.i18n
        lambda text: _catalogue(locale()).gettext(text),
        lambda one, many, n: _catalogue(locale()).ngettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.filters.update(
        clock=clock,
        moment=moment,
        day=day,
        money=money,
        local_input=local_input,
        weekday=weekday,
        quantity=quantity,
        percent=percent,
    )

    def name_of(list_name: str, code: str) -> str:
        return catalogues.name_of(list_name, code, locale())

    def term(code: str) -> str:
        return catalogues.term(code, locale())

    app.jinja_env.globals.update(
        name_of=name_of,
        term=term,
        locale=locale,
        html_lang=lambda: HTML_LANG[locale()],
        own_names=OWN_NAMES,
    )
