"""Norwegian press releases in, validated records out.

>>> import pressextract
>>> nlp = pressextract.load()
>>> record = nlp("Siva gir Halti Næringshage 6 millioner kroner.")
>>> record.grants[0].amount.value
Decimal('6000000')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pressextract.pipeline import Extractor
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

    __version__: str

__all__ = [
    "Amount",
    "AmountMention",
    "DateMention",
    "Grant",
    "Organisation",
    "Person",
    "PressRelease",
    "Role",
    "Span",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:
    """The records and the version, imported when they are first used: ``import pressextract`` costs nothing."""
    if name == "__version__":
        value: Any = import_module("importlib.metadata").version(__name__)
    elif name in __all__:
        value = getattr(import_module("pressextract.records"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def load(name: "str | Path | None" = None, *, threads: int = 0, min_confidence: float = 0.0) -> "Extractor":
    """The extractor with a shipped model or a model of your own.

    Args:
        name: a shipped model's name, a model folder made by ``pressextract train``, or "stanza" for Stanza's models
            (extra ``stanza``); None for the default model.
        threads: threads that the NER model uses; 0 for all cores.
        min_confidence: roles and grants below it (0 to 1) are left out of the records; it may be set later too.

    Raises:
        pressextract.ner.tagger.ModelError: if there is no such model; a ValueError that says what to do.
    """
    from pressextract.pipeline import Extractor  # here, so that importing the records stays light

    return Extractor(name, threads=threads, min_confidence=min_confidence)
