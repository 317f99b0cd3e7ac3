"""Example sentences for the matchers: the files of ``corpus/matchers``."""

import tomllib
from datetime import date
from pathlib import Path
from typing import NamedTuple


class Example(NamedTuple):
    """A text, what a matcher is to find in it, and the day it counts from, if any.

    ``finds`` has one string for each expression, in order: its quote, " = " and its value in the notation of its file.
    """

    group: str
    text: str
    finds: list[str]
    published: date | None


def read_examples(path: Path) -> list[Example]:
    """The examples of one file, in order; a group's publication date is that of its examples without their own."""
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["group"]
    return [
        Example(group["name"], example["text"], example["finds"], example.get("published", group.get("published")))
        for group in groups
        for example in group["examples"]
    ]
