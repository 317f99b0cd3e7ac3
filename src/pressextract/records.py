"""The records: what is extracted from one press release, as frozen pydantic models.

Offsets count Unicode code points of the original decoded text: ``text[start:end]`` is the quote.
What each field means is in ``corpus/GUIDELINES.md``.
"""

import hashlib
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

    start: int = Field(ge=0, description="The first character, counted from 0.", examples=[63])
    end: int = Field(ge=0, description="The character behind the last one.", examples=[124])

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"span ends ({self.end}) before it starts ({self.start})")
        return self


class Organisation(_Record):
    """A named body: its fullest name, its other forms in the text, and every mention."""

    id: str = Field(description="What this record's roles and grants call it.", examples=["o1"])
    name: str = Field(description="The fullest form in the text, uninflected.", examples=["Fjordlab AS"])
    aliases: tuple[str, ...] = Field(
        default=(), description="Its other forms in the text: short forms, abbreviations.", examples=[["Fjordlab"]]
    )
    kind: OrganisationKind = Field(default="other", description="What its name tells of it.", examples=["company"])
    mentions: tuple[Span, ...] = Field(default=(), description="Every place that names it.")


class Person(_Record):
    """A named individual, with the contact details that the text ties to them, as written."""

    id: str = Field(description="What this record's roles and grants call them.", examples=["p1"])
    name: str = Field(description="The fullest form in the text.", examples=["Kari Nordmann"])
    aliases: tuple[str, ...] = Field(default=(), description="Their other forms in the text.", examples=[["Nordmann"]])
    emails: tuple[str, ...] = Field(
        default=(), description="Their e-mail addresses, as written.", examples=[["kari@fjordlab.example"]]
    )
    phones: tuple[str, ...] = Field(
        default=(), description="Their telephone numbers, as written.", examples=[["22 00 00 01"]]
    )
    mentions: tuple[Span, ...] = Field(default=(), description="Every place that names them.")


class Role(_Record):
    """A person's title, at an organisation or not; a null title is a bare affiliation."""

    person: str = Field(description="The person's id.", examples=["p1"])
    title: str | None = Field(
        default=None,
        description="In lower case, indefinite singular, written out; null for a bare affiliation.",
        examples=["daglig leder"],
    )
    organisation: str | None = Field(
        default=None, description="The organisation's id; null where the text ties none to it.", examples=["o1"]
    )
    confidence: Confidence = Field(
        description="How sure it is: of the roles with 0.8 about four in five are right.", examples=[0.97]
    )
    evidence: Span = Field(description="Where the text states it.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.title is None and self.organisation is None:
            raise ValueError("a role has a title or an organisation or both")
        return self


class Amount(_Record):
    """A sum of money."""

    value: Money = Field(
        description="In whole units of the currency, exact; of a range the lower end.", examples=[6000000]
    )
    upper: Money | None = Field(default=None, description="The upper end of a range, else null.", examples=[8000000])
    currency: str = Field(default="NOK", pattern="^[A-Z]{3}$", description="ISO 4217's code.", examples=["NOK"])
    modifier: Modifier | None = Field(
        default=None,
        description='"approx" (about), "min" (at least), "max" (at most); null where the sum is told as it is.',
        examples=["approx"],
    )


class AmountMention(Amount):
    """A sum of money where the text states it."""

    span: Span = Field(description="The number and its currency, without the modifier.")


class DateMention(_Record):
    """A date or period where the text states it."""

    edtf: str | None = Field(
        description="EDTF (ISO 8601-2): a day, a month, a year, a part of one (2023-21 is spring, 2023-33 the first "
        "quarter) or an interval; null where it can't be resolved.",
        examples=["2023-05-04"],
    )
    span: Span = Field(description="The date's words.")


class Grant(_Record):
    """Money or support given, proposed or applied for."""

    funders: tuple[str, ...] = Field(
        default=(),
        description="Ids of the organisations or people that give; none where none is named.",
        examples=[["o2"]],
    )
    recipients: tuple[str, ...] = Field(
        default=(), description="Ids of those that get; none where none is named.", examples=[["o1"]]
    )
    status: Status = Field(
        default="awarded",
        description='"awarded" (decided), "proposed" (suggested, budgeted, announced) or "applied" (asked for).',
        examples=["awarded"],
    )
    programme: str | None = Field(
        default=None, description="The programme or scheme that it comes from.", examples=["Grønn plattform"]
    )
    project: str | None = Field(default=None, description="The project that it goes to.", examples=["Blå åker"])
    duration: str | None = Field(
        default=None,
        pattern=r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$",
        description="For how long, by ISO 8601: P3Y is three years.",
        examples=["P3Y"],
    )
    amount: Amount | None = Field(default=None, description="How much; null where support is told without a sum.")
    confidence: Confidence = Field(
        description="How sure all of it is: of the grants with 0.8 about four in five are right.", examples=[0.93]
    )
    evidence: tuple[Span, ...] = Field(description="Every place that states it.")


class Pipeline(_Record):
    """The model and the version of the program that made a record."""

    model: str = Field(description="The NER model's name.", examples=["norne-small"])
    version: str = Field(description="The version of pressextract.", examples=["0.1.0"])


class PressRelease(_Record):
    """All that was extracted from one press release."""

    schema_version: Literal["1"] = Field(default="1", description="The version of this form.", examples=["1"])
    doc_id: str = Field(
        description="What the document is called: its path below the folder, or what the caller said.",
        examples=["2023/fjordlab"],
    )
    language: Language = Field(description='"nb" (Bokmål) or "nn" (Nynorsk).', examples=["nb"])
    title: str | None = Field(
        default=None,
        description="The headline, on one line; null where there is none.",
        examples=["Fjordlab får støtte til nytt testsenter"],
    )
    published: date | None = Field(
        default=None,
        description="The day of publication that the caller, the file or the text states; relative dates resolve "
        "against it.",
        examples=["2023-05-04"],
    )
    text_sha256: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="The SHA-256 of the text, in UTF-8, that offsets count in.",
        examples=["ec71b1e956a3c33c0994f88dd97339597cc5f9e1ddaea85f771d729953578313"],
    )
    pipeline: Pipeline = Field(description="What made the record.")
    organisations: tuple[Organisation, ...] = Field(default=(), description="The named bodies.")
    people: tuple[Person, ...] = Field(default=(), description="The named individuals.")
    roles: tuple[Role, ...] = Field(default=(), description="Who is what, where.")
    grants: tuple[Grant, ...] = Field(default=(), description="Who gives whom how much.")
    amounts: tuple[AmountMention, ...] = Field(
        default=(), description="Every sum of money in the text, also those that are no grants."
    )
    dates: tuple[DateMention, ...] = Field(default=(), description="Every date and period in the text.")

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


def text_hash(text: str) -> str:
    """The SHA-256 that a record keeps of its text (``text_sha256``), in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def json_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each top-level record, by file name without suffix (``schemas/NAME.json``)."""
    return {"press_release": PressRelease.model_json_schema(mode="serialization")}
