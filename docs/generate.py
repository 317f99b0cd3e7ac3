"""Writes the pages that are made from the program: ``python docs/generate.py`` after a change of models or commands."""

import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_json
from typer.cli import get_docs_for_click

from pressextract.cli import app
from pressextract.records import (
    Amount,
    AmountMention,
    DateMention,
    Grant,
    Organisation,
    Person,
    Pipeline,
    PressRelease,
    Role,
    Span,
)

MODELS = (PressRelease, Organisation, Person, Role, Grant, Amount, AmountMention, DateMention, Span, Pipeline)
"""The records in the order of the page."""

PLAIN = {str: "text", int: "whole number", Decimal: "number", float: "number, 0 to 1", date: "day (ISO 8601)"}

INTRODUCTION = """\
# The records

Each press release becomes one `PressRelease`: in Python a frozen [pydantic](https://docs.pydantic.dev) model, in files
a line of JSON. `schemas/press_release.json` is its JSON Schema. `corpus/GUIDELINES.md` says, with examples, what counts
as what; the records follow it field by field.

- **Offsets** count Unicode code points of the text as it was published, before anything was cleaned up:
  `text[start:end]` is the quote. `text_sha256` tells whether you have that text.
- **Ids** are of one record. The same body has other ids in other records; join them by name.
- **Money** is exact: a `Decimal` in Python, a number without exponent in JSON.
- **Confidence** goes from 0 to 1. [How roles and grants are found](relations.md) says how it is made;
  `--min-confidence` leaves out what is below.
- **Nothing else** may be in a record: a field that is not here is an error, and so is a role or a grant that names
  an unknown id.
"""


def records_page() -> str:
    """``docs/records.md``: a table for each model of a record."""
    return "\n".join([INTRODUCTION, *(line for model in MODELS for line in _section(model))])


def command_line_page() -> str:
    """``docs/cli.md``: every command with its arguments and options, as typer documents them."""
    command = typer.main.get_command(app)
    page = get_docs_for_click(obj=command, ctx=typer.Context(command), name="pressextract", title="Command line")
    return f"{page.strip()}\n"


def _section(model: type[BaseModel]) -> Iterator[str]:
    yield f"## {model.__name__}\n\n{model.__doc__}\n"
    yield "| field | type | meaning | example |\n| --- | --- | --- | --- |"
    for name, field in model.model_fields.items():
        yield f"| `{name}` | {_type(field.annotation)} | {field.description} | {_example(field)} |"
    yield ""


def _example(field: FieldInfo) -> str:
    return " ".join(f"`{to_json(example).decode()}`" for example in field.examples or ())


def _type(annotation: Any) -> str:
    """A field's type in words; other models are links to their tables."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    parts = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return _type(parts[0])
        case origin if origin is Literal:
            return ", ".join(f"`{part}`" for part in parts)
        case origin if origin is tuple:
            return f"list of {_type(parts[0])}"
        case origin if origin in (Union, types.UnionType):
            return f"{_type(parts[0])}, or null"
    raise TypeError(f"no words for {annotation!r}; add them to docs/generate.py")


PAGES = {"records.md": records_page, "cli.md": command_line_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (Path(__file__).parent / name).write_text(page(), encoding="utf-8")
