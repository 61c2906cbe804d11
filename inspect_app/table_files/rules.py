"""What the columns of each table are called, and what a row must hold."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from inspect_app.catalogues import entries
from inspect_app.vehicles.rules import is_vin_kept, normalise_plate, normalise_vin, read_plate

KINDS: Final = ("customers", "vehicles", "prices")
MAX_AMOUNT: Final = 2_000_000_000
MAX_HOURS_HUNDREDTHS: Final = 100_000

COLUMNS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "customers": {
        "name": ("name", "customer", "customer name", "이름", "고객명", "성명", "姓名", "客户",
            "客户姓名"),
        "phone": ("phone", "mobile", "telephone", "전화", "전화번호", "휴대폰", "연락처",
            "电话", "手机", "联系电话"),
        "email": ("email", "e-mail", "이메일", "메일", "邮箱", "电子邮件"),
        "organisation": ("organisation", "organization", "company", "회사", "소속", "법인명",
            "单位", "公司"),
        "department": ("department", "부서", "部门"),
        "work_address": ("address", "work address", "주소", "직장 주소", "地址", "单位地址"),
        "locale": ("language", "locale", "언어", "语言"),
    },
    "vehicles": {
        "plate": ("plate", "licence plate", "license plate", "registration", "번호판",
            "차량번호", "자동차등록번호", "车牌", "车牌号", "号牌"),
        "vin": ("vin", "chassis", "chassis number", "차대번호", "车架号", "车辆识别代号"),
        "make": ("make", "brand", "제조사", "브랜드", "品牌", "厂牌"),
        "model": ("model", "차종", "모델", "车型", "型号"),
        "colour": ("colour", "color", "색상", "颜色"),
        "powertrain": ("powertrain", "fuel", "연료", "유종", "动力", "燃料"),
        "engine_number": ("engine number", "engine no", "원동기번호", "엔진번호", "发动机号"),
        "first_registered_on": ("first registration", "first registered", "최초등록일",
            "등록일", "注册日期", "初次登记"),
        "owner_name": ("owner", "owner name", "customer", "차주", "소유자", "고객명", "车主",
            "车主姓名"),
        "owner_phone": ("owner phone", "phone", "차주 전화", "전화번호", "연락처", "车主电话",
            "电话"),
    },
    "prices": {
        "code": ("code", "item code", "코드", "품번코드", "编码", "代码"),
        "name": ("name", "item", "description", "품명", "작업명", "항목", "名称", "项目"),
        "kind": ("kind", "type", "구분", "종류", "类别", "类型"),
        "price": ("price", "unit price", "amount", "가격", "단가", "금액", "价格", "单价"),
        "hours": ("hours", "labour hours", "labor hours", "공임시간", "시간", "工时"),
        "number": ("part number", "part no", "부품번호", "품번", "零件号", "配件号"),
        "brand": ("brand", "maker", "브랜드", "제조사", "品牌"),
    },
}  # fmt: skip
"""The names of each column that a heading may have, in three languages."""
NEEDED: Final = {"customers": ("name",), "vehicles": ("plate",), "prices": ("code", "name")}
LONGEST: Final = {
    "name": 120, "phone": 40, "email": 254, "organisation": 160, "department": 160,
    "work_address": 300, "plate": 24, "vin": 40, "make": 60, "model": 80, "colour": 40,
    "engine_number": 40, "owner_name": 120, "owner_phone": 40, "code": 40, "number": 60,
    "brand": 60,
}  # fmt: skip
KIND_WORDS: Final = {
    "work": "work", "labour": "work", "labor": "work", "작업": "work", "공임": "work",
    "工时": "work", "维修": "work",
    "part": "part", "parts": "part", "부품": "part", "配件": "part", "零件": "part",
}  # fmt: skip
FUEL_WORDS: Final = {
    "gasoline": "petrol", "휘발유": "petrol", "경유": "diesel", "전기차": "ev", "electric": "ev",
    "电动": "ev", "纯电": "ev",
}  # fmt: skip
LOCALE_WORDS: Final = {
    "en": "en", "english": "en", "영어": "en", "英语": "en", "英文": "en",
    "ko": "ko", "korean": "ko", "한국어": "ko", "韩语": "ko", "韩文": "ko",
    "zh": "zh", "chinese": "zh", "중국어": "zh", "中文": "zh", "汉语": "zh",
}  # fmt: skip
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True)
class Row:
    """One line of the file as it was read: its values, its key, and what is wrong by column."""

    line: int
    values: Mapping[str, Any]
    key: str
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What becomes of a line: new, changed, same or refused."""

    row: Row
    becomes: str
    problems: tuple[tuple[str, str], ...] = field(default=())


def folded(text: str) -> str:
    """A heading or a word as it is compared."""
    return " ".join(
        unicodedata.normalize("NFKC", text).casefold().replace("_", " ").replace("*", " ").split()
    )


def columns_of(kind: str, header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; the first heading of a name counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        name = folded(heading)
        for column, names in COLUMNS[kind].items():
            if column not in found and name in (*names, folded(column)):
                found[column] = place
                break
    return found


def missing_columns(kind: str, columns: Mapping[str, int]) -> list[str]:
    """The columns without which a file of this kind says nothing."""
    if kind == "vehicles" and "vin" in columns:
        return []
    return [name for name in NEEDED[kind] if name not in columns]


def read_row(
    kind: str, line: int, cells: Sequence[str], columns: Mapping[str, int], digits: int
) -> Row:
    """One line. `digits`: how many minor digits the site's currency has."""
    given = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    problems: list[tuple[str, str]] = []
    for name, text in given.items():
        if len(text) > LONGEST.get(name, 1000):
            problems.append((name, "TOO_LONG"))
        elif any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
            problems.append((name, "CONTROL_CHARACTER"))
    values, key = _READERS[kind](given, problems, digits)
    return Row(line, values, key, tuple(problems))


def _customer(
    given: Mapping[str, str], problems: list[tuple[str, str]], _digits: int
) -> tuple[dict[str, Any], str]:
    values: dict[str, Any] = {name: text for name, text in given.items() if text}
    if not given.get("name"):
        problems.append(("name", "MISSING"))
    email = given.get("email", "")
    if email and not _EMAIL.fullmatch(email):
        problems.append(("email", "NO_EMAIL"))
    phone = given.get("phone", "")
    if phone and len(phone_digits(phone)) < 4:
        problems.append(("phone", "NO_PHONE"))
    if said := given.get("locale"):
        values["locale"] = LOCALE_WORDS.get(folded(said), "")
        if not values["locale"]:
            problems.append(("locale", "UNKNOWN"))
    return values, customer_key(given.get("name", ""), phone)


def phone_digits(phone: str) -> str:
    """A phone number as it is compared."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", phone) if sign.isdecimal())


def customer_key(name: str, phone: str) -> str:
    """Who is who: the same name with the same number."""
    return f"{folded(name)}|{phone_digits(phone)}"


def _vehicle(
    given: Mapping[str, str], problems: list[tuple[str, str]], _digits: int
) -> tuple[dict[str, Any], str]:
    values: dict[str, Any] = {name: text for name, text in given.items() if text}
    vin = normalise_vin(given.get("vin", ""))
    if vin:
        values["vin"] = vin
        if not is_vin_kept(vin):
            problems.append(("vin", "NO_VIN"))
    plate = given.get("plate", "")
    if plate:
        read = read_plate(plate)
        values["plate"] = read.shown
        if read.problems:
            problems.append(("plate", "NO_PLATE"))
    elif not vin:
        problems.append(("plate", "MISSING"))
    if said := given.get("powertrain"):
        values["powertrain"] = _code_of("powertrains", said)
        if not values["powertrain"]:
            problems.append(("powertrain", "UNKNOWN"))
    if said := given.get("first_registered_on"):
        values["first_registered_on"] = _day(said)
        if values["first_registered_on"] is None:
            problems.append(("first_registered_on", "NO_DATE"))
    return values, normalise_plate(plate) if plate else f"VIN:{vin}"


def _code_of(list_name: str, text: str) -> str:
    """A code by its own name, or by what a language calls it."""
    wanted = folded(text)
    wanted = FUEL_WORDS.get(wanted, wanted)
    for entry in entries(list_name):
        if wanted in (entry.code, folded(entry.en), folded(entry.ko), folded(entry.zh)):
            return entry.code
    return ""


def _day(text: str) -> date | None:
    figures = re.fullmatch(r"(\d{4})[-./년年 ]*(\d{1,2})[-./월月 ]*(\d{1,2})\.?[일日]?", text)
    try:
        day = date(*map(int, figures.groups())) if figures else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2100 else None


def _price(
    given: Mapping[str, str], problems: list[tuple[str, str]], digits: int
) -> tuple[dict[str, Any], str]:
    values: dict[str, Any] = {
        name: text for name, text in given.items() if text and name not in ("price", "hours")
    }
    for name in ("code", "name"):
        if not given.get(name):
            problems.append((name, "MISSING"))
    values["kind"] = KIND_WORDS.get(folded(given.get("kind", "")) or "work", "")
    if not values["kind"]:
        problems.append(("kind", "UNKNOWN"))
    price, hours = given.get("price", ""), given.get("hours", "")
    if price:
        values["price_amount"] = _amount(price, digits)
        if values["price_amount"] is None:
            problems.append(("price", "NO_AMOUNT"))
    if hours:
        values["hours_hundredths"] = _hours(hours)
        if values["hours_hundredths"] is None:
            problems.append(("hours", "NO_HOURS"))
        elif price:
            problems.append(("hours", "PRICE_OR_HOURS"))
        elif values["kind"] == "part":
            problems.append(("hours", "PART_WITHOUT_HOURS"))
    return values, folded(given.get("code", ""))


def _amount(text: str, digits: int) -> int | None:
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if sign not in "₩¥$€, 원元'"
    )
    return _whole(plain, digits, MAX_AMOUNT)


def _hours(text: str) -> int | None:
    return _whole(unicodedata.normalize("NFKC", text).replace(",", "."), 2, MAX_HOURS_HUNDREDTHS)


def _whole(text: str, digits: int, most: int) -> int | None:
    if not re.fullmatch(r"\d{1,12}(\.\d{1,4})?", text, re.ASCII):
        return None
    try:
        amount = Decimal(text).scaleb(digits)
    except InvalidOperation:
        return None
    is_whole = amount == amount.to_integral_value()
    return int(amount) if is_whole and amount <= most else None


Reader = Callable[[Mapping[str, str], list[tuple[str, str]], int], tuple[dict[str, Any], str]]
_READERS: Final[Mapping[str, Reader]] = {
    "customers": _customer,
    "vehicles": _vehicle,
    "prices": _price,
}


def plan(rows: Sequence[Row], known: Mapping[str, Mapping[str, Any]]) -> list[Outcome]:
    """What becomes of each line. `known`: what the site has, by key; what is not in it makes no
    change. An empty cell changes nothing; a key that comes twice is refused the second time."""
    outcomes = []
    first: dict[str, int] = {}
    for row in rows:
        problems = list(row.problems)
        if not problems and row.key in first:
            problems.append(("", f"TWICE:{first[row.key]}"))
        if problems:
            outcomes.append(Outcome(row, "refused", tuple(problems)))
            continue
        first[row.key] = row.line
        had = known.get(row.key)
        if had is None:
            outcomes.append(Outcome(row, "new"))
        else:
            changes = any(had[name] != said for name, said in row.values.items() if name in had)
            outcomes.append(Outcome(row, "changed" if changes else "same"))
    return outcomes
