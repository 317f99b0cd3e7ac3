"""What went wrong and why: each error of an evaluation with its cause and its places in the text.

The causes are mechanical: what of an item differs, and whether something that it rests on was not found. They say
where to look, not which rule or weight is to blame.
"""

from collections.abc import Iterator

from pressextract.evaluation.errors.base import Case, Error
from pressextract.evaluation.errors.entities import contact_errors, entity_errors, mention_errors
from pressextract.evaluation.errors.grants import grant_errors
from pressextract.evaluation.errors.roles import role_errors
from pressextract.evaluation.errors.values import document_errors, value_errors
from pressextract.evaluation.gold import GoldDocument
from pressextract.evaluation.items import match_entities
from pressextract.evaluation.scoring import DocumentResult
from pressextract.records import Organisation, Person, PressRelease

__all__ = ["Error", "find_errors", "mention_errors"]


def find_errors(document: GoldDocument, record: PressRelease, result: DocumentResult) -> Iterator[Error]:
    """The errors of one document, field by field.

    Args:
        document: the text and its gold.
        record: what was extracted from it.
        result: their comparison.
    """
    gold = document.gold
    names = match_entities(record.organisations, gold.organisations) | match_entities(record.people, gold.people)
    entities: tuple[Organisation | Person, ...] = (*record.organisations, *record.people)
    known = {e.name for e in (*gold.organisations, *gold.people)}
    strangers = frozenset(names[e.id] for e in entities if names[e.id] not in known)
    case = Case(document, record, result, names, strangers)
    for errors in (document_errors, entity_errors, contact_errors, role_errors, grant_errors, value_errors):
        yield from errors(case)
