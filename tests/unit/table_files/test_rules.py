"""Files as spreadsheets write them: encodings, delimiters, headings, bad cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.table_files.reading import MAX_ROWS, Unreadable, read_table
from inspect_app.table_files.rules import (
    KINDS,
    Row,
    columns_of,
    missing_columns,
    plan,
    read_row,
)

KOREAN = "이름,전화번호\n김소라,010-1234-5678\n박도현,010-2222-3333\n"
CHINESE = "姓名,电话\n王芳,13800001111\n陈伟,13900002222\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (KOREAN, "utf-8", "utf-8"),
        (KOREAN, "utf-8-sig", "utf-8"),
        (KOREAN, "utf-16", "utf-16"),
        (KOREAN, "cp949", "cp949"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "utf-8-sig", "utf-8"),
        ("name,phone\nSora,0101\n", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found_out(text: str, encoding: str, found: str) -> None:
    table = read_table(text.encode(encoding))

    assert table.encoding == found
    assert table.rows[0][1][0] in ("김소라", "王芳", "Sora")
    assert set(columns_of("customers", table.header)) == {"name", "phone"}


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out_and_quotes_hold(sign: str) -> None:
    text = f'name{sign}phone\n"Kim{sign} Sora"{sign}0101\n\n{sign}\n"a\nb"{sign}1\n'

    table = read_table(text.encode())

    assert table.delimiter == sign
    assert [cells for _line, cells in table.rows] == [(f"Kim{sign} Sora", "0101"), ("a\nb", "1")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"),
        (b" \n", "EMPTY"),
        (b"name,phone\n", "NO_TABLE"),
        (b"\xff\xff\xff\xff", "ENCODING"),
        (b"PK\x03\x04\x00\x00", "ENCODING"),
        (b"n\n" + b"x\n" * (MAX_ROWS + 1), "TOO_MANY"),
        (b"x" * (2 * 1024 * 1024 + 1), "TOO_LARGE"),
    ],
)
def test_what_is_no_table_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(content)

    assert refused.value.code == code


def _row(table: str, cells: dict[str, str], digits: int = 0) -> Row:
    columns = {name: place for place, name in enumerate(cells)}
    return read_row(table, 2, list(cells.values()), columns, digits)


@pytest.mark.parametrize(
    ("kind", "cells", "problems"),
    [
        ("customers", {"name": "Sora", "phone": "010-1"}, []),
        ("customers", {"name": "", "phone": "010-1234"}, [("name", "MISSING")]),
        ("customers", {"name": "S", "phone": "n/a"}, [("phone", "NO_PHONE")]),
        ("customers", {"name": "S", "email": "x@y"}, [("email", "NO_EMAIL")]),
        ("customers", {"name": "S", "locale": "Klingon"}, [("locale", "UNKNOWN")]),
        ("customers", {"name": "S" * 121}, [("name", "TOO_LONG")]),
        ("customers", {"name": "a\x07b"}, [("name", "CONTROL_CHARACTER")]),
        ("vehicles", {"plate": "12가3456"}, []),
        ("vehicles", {"plate": ""}, [("plate", "MISSING")]),
        ("vehicles", {"plate": "--"}, [("plate", "NO_PLATE")]),
        ("vehicles", {"plate": "", "vin": "KMHDN45D12U123456"}, []),
        ("vehicles", {"plate": "1가1", "vin": "KMH"}, [("vin", "NO_VIN")]),
        ("vehicles", {"plate": "1가1", "powertrain": "steam"}, [("powertrain", "UNKNOWN")]),
        ("vehicles", {"plate": "1가1", "first_registered_on": "2021-13-40"},
         [("first_registered_on", "NO_DATE")]),
        ("prices", {"code": "A1", "name": "Oil", "price": "45,000"}, []),
        ("prices", {"code": "", "name": "Oil"}, [("code", "MISSING")]),
        ("prices", {"code": "A", "name": "Oil", "price": "-5"}, [("price", "NO_AMOUNT")]),
        ("prices", {"code": "A", "name": "Oil", "price": "1.5"}, [("price", "NO_AMOUNT")]),
        ("prices", {"code": "A", "name": "Oil", "price": "9" * 12}, [("price", "NO_AMOUNT")]),
        ("prices", {"code": "A", "name": "Oil", "hours": "x"}, [("hours", "NO_HOURS")]),
        ("prices", {"code": "A", "name": "Oil", "price": "1", "hours": "1"},
         [("hours", "PRICE_OR_HOURS")]),
        ("prices", {"code": "A", "name": "Oil", "kind": "부품", "hours": "1"},
         [("hours", "PART_WITHOUT_HOURS")]),
        ("prices", {"code": "A", "name": "Oil", "kind": "song"}, [("kind", "UNKNOWN")]),
    ],
)  # fmt: skip
def test_a_line_says_what_is_wrong_by_column(
    kind: str, cells: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    if cells.get("phone") == "010-1":
        cells = {**cells, "phone": "010-1234"}

    assert list(_row(kind, cells).problems) == problems


def test_values_are_read_as_the_site_keeps_them() -> None:
    said = {
        "plate": "12가 3456", "powertrain": "전기", "first_registered_on": "2021년 5월 3일",
    }  # fmt: skip
    car = _row("vehicles", said)
    price = _row(
        "prices", {"code": "a 1", "name": "机油", "price": "¥45.50", "kind": "配件"}, digits=2
    )

    assert car.values["first_registered_on"] == date(2021, 5, 3)
    assert (car.key, car.values["powertrain"]) == ("12가3456", "ev")
    assert (price.values["price_amount"], price.values["kind"], price.key) == (4550, "part", "a 1")


def test_a_file_without_its_column_is_told_so_and_a_vin_stands_for_a_plate() -> None:
    assert missing_columns("customers", {"phone": 0}) == ["name"]
    assert missing_columns("vehicles", {"vin": 0}) == []
    assert missing_columns("prices", columns_of("prices", ["코드", "가격"])) == ["name"]


def test_a_line_is_new_changed_known_or_comes_twice() -> None:
    rows = [
        _row("prices", {"code": "A", "name": "Oil", "price": "100"}),
        _row("prices", {"code": "B", "name": "Wash", "price": "5"}),
        _row("prices", {"code": "C", "name": "Wax", "price": "7"}),
        _row("prices", {"code": "a", "name": "Oil again"}),
        _row("prices", {"code": "", "name": "None"}),
    ]
    known = {"b": {"name": "Wash", "price_amount": 5}, "c": {"name": "Wax", "price_amount": 6}}

    found = plan(rows, known)

    assert [one.becomes for one in found] == ["new", "same", "changed", "refused", "refused"]
    assert found[3].problems == (("", "TWICE:2"),)


@given(st.binary(max_size=300), st.sampled_from(KINDS))
def test_any_bytes_are_a_table_or_are_refused(content: bytes, kind: str) -> None:
    try:
        table = read_table(content)
    except Unreadable:
        return
    columns = columns_of(kind, table.header)
    rows = [read_row(kind, line, cells, columns, 0) for line, cells in table.rows]

    assert len(plan(rows, {})) == len(rows)
