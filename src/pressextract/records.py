"""The records: what is extracted from one press release, as frozen pydantic models.

Offsets count Unicode code points of the original decoded text: ``text[start:end]`` is the quote.
What each field means is in ``corpus/GUIDELINES.md``.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema, model_validator

Modifier = Literal["approx", "min", "max"]
"""approx (about), min (at least, more than), max (at most, up to)."""

Status = Literal["awarded", "proposed", "applied"]

OrganisationKind = Literal[
    "agency",
    "association",
    "bank",
    "company",
    "county",
    "foundation",
    "government",
    "health",
    "media",
    "ministry",
    "municipality",
    "network",
    "party",
    "research",
    "school",
    "other",
]


def _as_number(value: Decimal) -> int | float:
    """A Decimal as a JSON number: whole sums without exponent or fraction."""
    return int(value) if value == value.to_integral_value() else float(value)


MONEY_DIGITS = 38
MONEY_DECIMALS = 6
"""What a sum may have, so that databases hold it exactly; electricity is priced in thousandths of an øre."""

Money = Annotated[
    Decimal,
    Field(ge=0, max_digits=MONEY_DIGITS, decimal_places=MONEY_DECIMALS),
    PlainSerializer(_as_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
"""A sum in whole units of its currency (6 millioner kroner is 6000000); exact."""

Confidence = Annotated[float, Field(ge=0, le=1)]
Language = Literal["nb", "nn"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Record):
    """Characters ``[start, end)`` of the original text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"span ends ({self.end}) before it starts ({self.start})")
        return self


class Organisation(_Record):
    """A named body: its fullest name, its other forms in the text, and every mention."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: OrganisationKind = "other"
    mentions: tuple[Span, ...] = ()


class Person(_Record):
    """A named individual, with the contact details that the text ties to them, as written."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


class Role(_Record):
    """A person's title, at an organisation or not; a null title is a bare affiliation."""

    person: str
    title: str | None = None
    organisation: str | None = None
    confidence: Confidence
    evidence: Span

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.title is None and self.organisation is None:
            raise ValueError("a role has a title or an organisation or both")
        return self


class Amount(_Record):
    """A sum of money; ``upper`` only for ranges. ``currency`` is ISO 4217."""

    value: Money
    upper: Money | None = None
    currency: str = Field(default="NOK", pattern="^[A-Z]{3}$")
    modifier: Modifier | None = None


class AmountMention(Amount):
    """A sum of money where the text states it."""

    span: Span


class DateMention(_Record):
    """A date or period where the text states it, in EDTF (ISO 8601-2); null where it can't be resolved."""

    edtf: str | None
    span: Span


class Grant(_Record):
    """Money or support given, proposed or applied for; funders and recipients are ids.

    ``duration`` is ISO 8601 ("P3Y"), ``evidence`` every place that states the grant.
    """

    funders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: Status = "awarded"
    programme: str | None = None
    project: str | None = None
    duration: str | None = Field(default=None, pattern=r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$")
    amount: Amount | None = None
    confidence: Confidence
    evidence: tuple[Span, ...]


class Pipeline(_Record):
    """The model and the version of the program that made a record."""

    model: str
    version: str


class PressRelease(_Record):
    """All that was extracted from one press release."""

    schema_version: Literal["1"] = "1"
    doc_id: str
    language: Language
    title: str | None = None
    published: date | None = None
    text_sha256: str = Field(pattern="^[0-9a-f]{64}$")
    pipeline: Pipeline
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    grants: tuple[Grant, ...] = ()
    amounts: tuple[AmountMention, ...] = ()
    dates: tuple[DateMention, ...] = ()

    @model_validator(mode="after")
    def _ids_resolve(self) -> Self:
        organisations = {o.id for o in self.organisations}
        people = {p.id for p in self.people}
        if len(organisations | people) < len(self.organisations) + len(self.people):
            raise ValueError("two entities share an id")
        for role in self.roles:
            if role.person not in people or role.organisation not in {None, *organisations}:
                raise ValueError(f"a role names an unknown id: {role.person}, {role.organisation}")
        for grant in self.grants:
            if unknown := {*grant.funders, *grant.recipients} - organisations - people:
                raise ValueError(f"a grant names unknown ids: {sorted(unknown)}")
        return self


def json_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each top-level record, by file name without suffix (``schemas/NAME.json``)."""
    return {"press_release": PressRelease.model_json_schema(mode="serialization")}
