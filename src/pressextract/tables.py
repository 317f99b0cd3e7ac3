"""Records as tables: which there are, their Arrow types and rows, from the records' own types (extra ``parquet``).

``documents`` has a row a record, each of the record's lists is a table of its own. Rows are keyed by ``doc_id`` and
``id``; roles, grants, amounts and dates, told apart by their place in the record, are numbered "r1", "g1", "a1", "d1".
"""

import types
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow
from pydantic import BaseModel

from pressextract.records import MONEY_DECIMALS, MONEY_DIGITS, PressRelease

_PLAIN: dict[Any, pyarrow.DataType] = {
    str: pyarrow.string(),
    int: pyarrow.int64(),
    float: pyarrow.float64(),
    date: pyarrow.date32(),
    Decimal: pyarrow.decimal128(MONEY_DIGITS, MONEY_DECIMALS),
}


def arrow_type(annotation: Any) -> pyarrow.DataType:
    """The Arrow type of a record's field: models become structs, tuples lists, literals and ids strings.

    Raises:
        TypeError: for a type that no record has yet.
    """
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pyarrow.struct(_columns(annotation))
    parts = [part for part in get_args(annotation) if part is not type(None)]
    match get_origin(annotation):
        case origin if origin is Annotated or origin in (Union, types.UnionType):
            return arrow_type(parts[0])
        case origin if origin is Literal:
            return pyarrow.string()
        case origin if origin is tuple:
            return pyarrow.list_(arrow_type(parts[0]))
    raise TypeError(f"no Arrow type for {annotation!r}; add it to tables.py")


def _columns(model: type[BaseModel]) -> list[tuple[str, pyarrow.DataType]]:
    return [(name, arrow_type(field.annotation)) for name, field in model.model_fields.items()]


PARTS: dict[str, type[BaseModel]] = {
    name: get_args(field.annotation)[0]
    for name, field in PressRelease.model_fields.items()
    if get_origin(field.annotation) is tuple
}
"""The lists of a record, each a table of its own, and the model of their items."""

_DOCUMENT = [column for column in _columns(PressRelease) if column[0] not in PARTS]

SCHEMAS: dict[str, pyarrow.Schema] = {
    "documents": pyarrow.schema([*_DOCUMENT, ("text", pyarrow.string())]),
    **{
        part: pyarrow.schema(
            dict([("doc_id", pyarrow.string()), ("id", pyarrow.string()), *_columns(model)]).items()  # one "id"
        )
        for part, model in PARTS.items()
    },
}
"""The Arrow schema of each table, by its name. ``documents.text`` is null where texts are not kept."""


def to_tables(records: Iterable[tuple[PressRelease, str | None]]) -> dict[str, pyarrow.Table]:
    """The rows of many records, by the tables' names.

    Args:
        records: each with the text that its offsets count in, or None.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for record, text in records:
        content = record.model_dump()
        for part in PARTS:
            for number, item in enumerate(content.pop(part), 1):
                rows[part].append({"doc_id": record.doc_id, "id": f"{part[0]}{number}", **item})
        rows["documents"].append({**content, "text": text})
    return {name: pyarrow.Table.from_pylist(rows[name], schema=schema) for name, schema in SCHEMAS.items()}
