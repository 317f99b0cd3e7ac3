from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_json

from pressextract.records import (
    Amount,
    AmountMention,
    DateMention,
    Grant,
    Organisation,
    Person,
    PressRelease,
    Role,
    Span,
)

EVIDENCE = Span(start=0, end=4)
SIVA = Organisation(id="o1", name="Siva", kind="agency", mentions=(EVIDENCE,))
KARI = Person(id="p1", name="Kari Nordmann", aliases=("Nordmann",))


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (Decimal("6000000"), "6000000"),
        (Decimal("6E+6"), "6000000"),
        (Decimal("12345678901234"), "12345678901234"),
        (Decimal("6000000.00"), "6000000"),
        (Decimal("99.50"), "99.5"),
        (Decimal("0"), "0"),
    ],
)
def test_money_is_exact_and_in_json_a_number_without_exponent(value: Decimal, json: str) -> None:
    amount = Amount(value=value)
    assert amount.value == value
    assert f'"value":{json},' in amount.model_dump_json()
    assert Amount.model_validate_json(amount.model_dump_json()) == amount


@given(st.decimals(min_value=0, max_value=10**13, places=2))
def test_any_sum_of_kroner_and_oere_round_trips(value: Decimal) -> None:
    amount = Amount(value=value)
    assert "e" not in amount.model_dump_json().split(",")[0].removeprefix('{"value"').lower()
    assert Amount.model_validate_json(amount.model_dump_json()).value == value


def test_a_record_round_trips_through_json(make_record: Callable[..., PressRelease]) -> None:
    record = make_record(
        title="Støtte til Fjordlab",
        published="2023-05-04",
        organisations=[SIVA],
        people=[KARI],
        roles=[Role(person="p1", title="dagleg leiar", organisation="o1", confidence=0.97, evidence=EVIDENCE)],
        grants=[
            Grant(
                funders=["o1"],
                recipients=["p1"],
                duration="P3Y",
                amount=Amount(value=6000000, modifier="approx"),
                confidence=0.9,
                evidence=[EVIDENCE],
            )
        ],
        amounts=[{"value": 6000000, "span": EVIDENCE}],
        dates=[{"edtf": "2023-05-04", "span": EVIDENCE}, {"edtf": None, "span": EVIDENCE}],
    )
    assert PressRelease.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize("model", [PressRelease, Organisation, Person, Role, Grant, AmountMention, DateMention, Span])
def test_every_field_says_what_it_means_and_its_examples_are_valid(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert field.description, name
        kind: Any = Annotated[field.annotation, field]
        for example in field.examples or ():
            TypeAdapter(kind).validate_json(to_json(example))


def test_a_record_can_not_be_changed(make_record: Callable[..., PressRelease]) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make_record().title = "Ny tittel"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"language": "sv"}, "language"),
        ({"text_sha256": "abc"}, "text_sha256"),
        ({"programme": "Arena"}, "programme"),
        ({"organisations": [SIVA, SIVA]}, "share an id"),
        (
            {
                "people": [KARI],
                "roles": [{"person": "p1", "organisation": "o9", "confidence": 1, "evidence": EVIDENCE}],
            },
            "unknown id",
        ),
        ({"grants": [{"funders": ["o9"], "confidence": 1, "evidence": [EVIDENCE]}]}, "unknown ids"),
        ({"grants": [{"duration": "tre år", "confidence": 1, "evidence": [EVIDENCE]}]}, "duration"),
        ({"amounts": [{"value": -1, "span": EVIDENCE}]}, "value"),
        ({"amounts": [{"value": 1, "currency": "kroner", "span": EVIDENCE}]}, "currency"),
        ({"dates": [{"edtf": "2023", "span": {"start": 9, "end": 4}}]}, "before it starts"),
    ],
)
def test_a_wrong_record_is_refused(
    make_record: Callable[..., PressRelease], parts: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ValidationError, match=problem):
        make_record(**parts)


def test_a_role_says_something() -> None:
    with pytest.raises(ValidationError, match="a title or an organisation"):
        Role(person="p1", confidence=1, evidence=EVIDENCE)
