"""Gold of other annotation tools, told by content: brat standoff, Label Studio's JSON export."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from pressextract.evaluation.formats.brat import read_brat
from pressextract.evaluation.formats.label_studio import read_label_studio
from pressextract.evaluation.formats.reading import Reader
from pressextract.evaluation.formats.regions import NAMES, Annotated, fields_of
from pressextract.evaluation.gold import Gold, GoldDocument, GoldError, Mention, load_gold

__all__ = ["read_gold_source", "to_gold"]


def read_gold_source(path: Path) -> list[GoldDocument]:
    """The gold documents of a folder or file, by what is in it.

    Args:
        path: a folder of ``NAME.txt`` with ``NAME.json`` or, from brat, with ``NAME.ann``; or a file exported by
            Label Studio as JSON.

    Raises:
        GoldError: if there is no gold, or a part of it can't be used.
    """
    if path.is_file():
        return to_gold(read_label_studio(path))
    return to_gold(read_brat(path)) if any(path.glob("*.ann")) else load_gold(path)


def to_gold(corpus: Sequence[Annotated]) -> list[GoldDocument]:
    """The gold documents of a corpus.

    Raises:
        GoldError: if a norm can't be read, what a stretch says does not fit the guidelines, or two texts share an id.
    """
    (most, times), *_ = Counter(a.doc_id for a in corpus).most_common(1)
    if times > 1:
        raise GoldError(f"{most}: {times} texts of the gold are called so; give each a name of its own")
    fields = fields_of(corpus)
    return [_document(annotated, fields) for annotated in corpus]


def _document(annotated: Annotated, fields: frozenset[str]) -> GoldDocument:
    try:
        gold = Gold.model_validate(Reader(annotated, fields).gold())
        mentions = tuple(
            Mention(start=r.start, end=r.end, label="DATE" if r.label == "PUBLISHED" else r.label)
            for r in annotated.regions.values()
            if r.label in {*NAMES, "MONEY", "DATE", "PUBLISHED"}
        )
        return GoldDocument(doc_id=annotated.doc_id, text=annotated.text, gold=gold, fields=fields, mentions=mentions)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise GoldError(f"{annotated.doc_id}: {place}{': ' if place else ''}{first['msg']}") from None
