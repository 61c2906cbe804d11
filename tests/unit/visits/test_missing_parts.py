"""The list of what is missing, as sentences with their places."""

from inspect_app.visits.progress import MissingPart, parts
from inspect_app.visits.rules import Missing


def test_what_is_missing_of_one_kind_is_one_sentence() -> None:
    missing = [
        Missing("NO_ITEM", "order"),
        Missing("CONDITION_NOT_LOOKED_AT", "walkaround", "rear"),
        Missing("CONDITION_NOT_LOOKED_AT", "walkaround", "roof"),
    ]

    assert parts(missing) == [
        MissingPart("NO_ITEM", "order", ()),
        MissingPart("CONDITION_NOT_LOOKED_AT", "walkaround", ("rear", "roof")),
    ]


def test_a_sentence_leads_to_the_first_thing_it_is_about() -> None:
    assert MissingPart("NO_ITEM", "order", ()).spot == "#lines"
    assert MissingPart("PAPERS_NOT_EXAMINED", "things", ("tax_receipt",)).spot == (
        "#paper-tax_receipt"
    )
    assert MissingPart("CONDITION_NOT_LOOKED_AT", "walkaround", ("rear", "roof")).spot == (
        "?station=rear#station"
    )
