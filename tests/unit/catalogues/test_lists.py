"""The lists and their names."""

import pytest

from inspect_app.catalogues import (
    codes,
    entries,
    is_code,
    list_names,
    name_of,
    term,
)
from inspect_app.staff.rules import Role


def test_every_list_of_the_process_is_whole() -> None:
    sizes = {
        "exterior_zones": 62,
        "interior_points": 37,
        "dashboard_indicators": 35,
        "vehicle_documents": 17,
        "belongings": 70,
        "damage_types": 28,
        "severities": 5,
        "functional_checks": 35,
        "protection_items": 6,
        "glossary": 107,
        "stations": 10,
        "visit_states": 26,
        "disclosures": 10,
    }

    found = {name: len(codes(name)) for name in sizes}

    assert found == sizes


@pytest.mark.parametrize("list_name", list_names())
def test_every_code_is_unique_and_named_in_each_language(list_name: str) -> None:
    found = entries(list_name)

    assert len({entry.code for entry in found}) == len(found)
    assert all(entry.en and entry.ko and entry.zh for entry in found)


def test_the_same_blanks_are_filled_in_each_language() -> None:
    for entry in entries("disclosures"):
        for blank in ("{time}", "{amount}"):
            assert (blank in entry.en) == (blank in entry.ko) == (blank in entry.zh)


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("en", "Bonnet (hood)"),
        ("ko", "보닛(후드)"),
        ("zh", "发动机盖"),
        ("zh-Hans", "发动机盖"),
        ("zh_Hans_CN", "发动机盖"),
        ("de", "Bonnet (hood)"),
        ("", "Bonnet (hood)"),
    ],
)
def test_a_name_falls_back_to_english(locale: str, name: str) -> None:
    assert name_of("exterior_zones", "bonnet", locale) == name


def test_an_unknown_code_or_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        name_of("exterior_zones", "wing", "en")
    with pytest.raises(KeyError):
        codes("wings")

    assert not is_code("exterior_zones", "wing")


def test_a_screen_term_comes_from_the_glossary() -> None:
    assert term("key_tag", "ko") == "키 번호표"


def test_the_roles_are_those_of_the_staff() -> None:
    assert set(codes("roles")) == {role.value for role in Role}
