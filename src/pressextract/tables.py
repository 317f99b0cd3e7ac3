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
import pyarrow.compute as compute
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

NESTED = pyarrow.schema([*_columns(PressRelease), ("text", pyarrow.string()), ("error", pyarrow.string())])
"""The Arrow schema of whole records, a row a document: the record's own fields, the text that its offsets count in
(null where texts are not kept), and why there is no record (else null)."""

_DOCUMENT = [name for name in NESTED.names if name not in PARTS and name != "error"]

SCHEMAS: dict[str, pyarrow.Schema] = {
    "documents": pyarrow.schema([NESTED.field(name) for name in _DOCUMENT]),
    **{
        part: pyarrow.schema(
            dict([("doc_id", pyarrow.string()), ("id", pyarrow.string()), *_columns(model)]).items()  # one "id"
        )
        for part, model in PARTS.items()
    },
}
"""The Arrow schema of each table, by its name."""


def to_nested(records: Iterable[tuple[PressRelease, str | None]]) -> pyarrow.Table:
    """Whole records as rows of :data:`NESTED`.

    Args:
        records: each with the text that its offsets count in, or None.
    """
    rows = [{**record.model_dump(), "text": text} for record, text in records]
    return pyarrow.Table.from_pylist(rows, schema=NESTED)


def split(nested: pyarrow.Table) -> dict[str, pyarrow.Table]:
    """The rows of every table, by its name.

    Args:
        nested: rows of :data:`NESTED`; those with an error are left out.
    """
    nested = nested.filter(nested["error"].is_null()).combine_chunks()
    tables = {"documents": nested.select(_DOCUMENT)}
    for part in PARTS:
        lists = nested[part].combine_chunks()
        parents = lists.value_parent_indices()
        items = pyarrow.Table.from_struct_array(lists.flatten())
        columns = {name: items[name] for name in items.column_names}
        columns["doc_id"] = nested["doc_id"].take(parents)
        if "id" not in columns:
            places = pyarrow.array(range(len(items))).cast(pyarrow.int64())
            firsts = compute.subtract(lists.offsets.take(parents).cast(pyarrow.int64()), lists.offsets[0].as_py() + 1)
            numbers = compute.subtract(places, firsts).cast(pyarrow.string())
            columns["id"] = compute.binary_join_element_wise(part[0], numbers, "")
        tables[part] = pyarrow.table({name: columns[name] for name in SCHEMAS[part].names}, schema=SCHEMAS[part])
    return tables
