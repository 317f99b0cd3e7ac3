"""How good the records are: the gold corpus, scores against it, and a table of them."""

from collections.abc import Callable
from pathlib import Path

from pressextract.evaluation.gold import GoldDocument, GoldError, load_gold, read_gold
from pressextract.evaluation.scoring import Evaluation, score
from pressextract.records import PressRelease

__all__ = ["Evaluation", "GoldDocument", "GoldError", "evaluate", "load_gold", "read_gold", "score"]


def evaluate(nlp: Callable[..., PressRelease], folder: Path) -> Evaluation:
    """Extracts from every gold document of *folder* and scores the records.

    Args:
        nlp: a loaded pipeline; called as ``nlp(text, doc_id=...)``.
        folder: has ``NAME.txt`` + ``NAME.json``.

    Raises:
        GoldError: if the folder has no gold or a bad file; nothing is extracted then.
    """
    return Evaluation(tuple(score(d, nlp(d.text, doc_id=d.doc_id)) for d in load_gold(folder)))
