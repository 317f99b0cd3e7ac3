"""The gold corpus: folders of ``NAME.txt`` with the records that ``NAME.json`` says it holds.

What each field means is in ``corpus/GUIDELINES.md``. Unlike the records, gold names entities by their names
and quotes the text instead of counting characters.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pressextract.records import Amount, Language, Status


class GoldError(ValueError):
    """A gold folder or file that can't be used; the message names it in one line."""


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True)


class GoldOrganisation(_Gold):
    """An organisation: its fullest form in the text and the others."""

    name: str
    aliases: tuple[str, ...]


class GoldPerson(GoldOrganisation):
    """A person, with the contact details that the text ties to them."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class GoldRole(_Gold):
    """A person's title at an organisation; persons and organisations by name."""

    person: str
    title: str | None
    organisation: str | None


class GoldGrant(_Gold):
    """Money or support; funders and recipients by name."""

    funders: tuple[str, ...]
    recipients: tuple[str, ...]
    amount: Amount | None
    status: Status
    duration: str | None = None
    quote: str


class GoldAmount(Amount):
    """A sum and how many times (``count``) this text states it."""

    text: str
    count: int = Field(ge=1)


class GoldDate(_Gold):
    """A date in EDTF, null where it can't be resolved, and how many times (``count``) this text states it."""

    text: str
    edtf: str | None
    count: int = Field(ge=1)


class Gold(_Gold):
    """The content of a gold file; keys beyond these are ignored."""

    language: Language
    title: str | None
    published: date | None = None
    organisations: tuple[GoldOrganisation, ...]
    people: tuple[GoldPerson, ...]
    roles: tuple[GoldRole, ...]
    grants: tuple[GoldGrant, ...]
    amounts: tuple[GoldAmount, ...]
    dates: tuple[GoldDate, ...]

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        organisations = {o.name for o in self.organisations}
        people = {p.name for p in self.people}
        for role in self.roles:
            if role.person not in people or role.organisation not in {None, *organisations}:
                raise ValueError(f"a role names an unknown entity: {role.person}, {role.organisation}")
        for grant in self.grants:
            if unknown := {*grant.funders, *grant.recipients} - organisations - people:
                raise ValueError(f"a grant names unknown entities: {', '.join(sorted(unknown))}")
        return self

    def quotes(self) -> Iterator[str]:
        """Everything that has to occur verbatim in the text."""
        if self.title is not None:
            yield self.title
        for entity in (*self.organisations, *self.people):
            yield from (entity.name, *entity.aliases)
        for person in self.people:
            yield from (*person.emails, *person.phones)
        yield from (grant.quote for grant in self.grants)
        yield from (amount.text for amount in self.amounts)
        yield from (mention.text for mention in self.dates)


class Mention(_Gold):
    """A name in a text: characters ``[start, end)`` and its label, such as PER or ORG."""

    start: int
    end: int
    label: str


class GoldDocument(_Gold):
    """A text and its gold; ``doc_id`` is the files' stem.

    Attributes:
        fields: what the gold says, of the fields and accuracies that are scored; None for all of them.
        mentions: where the text has its names, for gold that counts characters; None where they are to be looked up.
    """

    doc_id: str
    text: str
    gold: Gold
    fields: frozenset[str] | None = None
    mentions: tuple[Mention, ...] | None = None

    @model_validator(mode="after")
    def _quotes_occur(self) -> Self:
        for quote in self.gold.quotes():
            if quote not in self.text:
                raise ValueError(f"not in the text: {quote!r}")
        return self


def read_gold(path: Path) -> GoldDocument:
    """The document of a gold file ``NAME.json`` and its ``NAME.txt`` beside it, both UTF-8.

    Raises:
        GoldError: if one of the two can't be read, or the gold doesn't follow the guidelines' format.
    """
    try:
        gold = Gold.model_validate_json(path.read_bytes())
        text = path.with_suffix(".txt").read_bytes().decode("utf-8-sig")  # line ends as they are, as readers have them
        return GoldDocument(doc_id=path.stem, text=text, gold=gold)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise GoldError(f"{path}: {f'{place}: ' if place else ''}{first['msg']}") from error
    except OSError as error:
        raise GoldError(f"{error.filename or path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path.with_suffix('.txt')}: not UTF-8") from error


def load_gold(folder: Path) -> list[GoldDocument]:
    """The gold documents of *folder*, by name.

    Raises:
        GoldError: if there are none, or one of them is bad.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"{folder}: no gold here (a folder of NAME.txt + NAME.json)")
    return [read_gold(path) for path in paths]
