"""Which of the two written standards of Norwegian a text is in."""

import re
from functools import cache
from itertools import repeat
from typing import Literal

from pressextract.lexicon import load_lexicon

Variety = Literal["nb", "nn"]

_WORD = re.compile(r"[^\W\d_]+")


def detect_variety(text: str) -> Variety:
    """The standard that most of the distinctive words in *text* belong to.

    Counts the frequent words that only one of the standards writes so (``lexicon/language.toml``). A quotation in
    the other standard is outvoted by the text around it.

    Args:
        text: running text, of any length.

    Returns:
        "nb" (Bokmål) or "nn" (Nynorsk); "nb" where the counts are equal, as in a text without such words.
    """
    votes = _votes()
    return "nn" if sum(map(votes.get, _WORD.findall(text.lower()), repeat(0))) > 0 else "nb"


@cache
def _votes() -> dict[str, int]:
    lexicon = load_lexicon("language")
    return dict.fromkeys(lexicon["nb"]["words"], -1) | dict.fromkeys(lexicon["nn"]["words"], 1)
