"""Norwegian knowledge as data: one TOML file a subject, editable by a linguist who does not program."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """The content of ``lexicon/NAME.toml``; treat it as read-only, all callers share it.

    Args:
        name: the file's name without suffix, such as "titles".

    Raises:
        FileNotFoundError: if there is no such lexicon.
    """
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The words of the list *key* in ``lexicon/NAME.toml``, for asking whether a word is one of them."""
    return frozenset(load_lexicon(name)[key])
