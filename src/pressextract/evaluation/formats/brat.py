"""brat's standoff format: ``NAME.ann`` beside ``NAME.txt``.

Text-bound annotations (T), relations (R), events (E), attributes (A, M), equivalences (*) and notes (#) are read; an
event is a region, its trigger, linked with its arguments. A note is its region's norm.
"""

import re
from pathlib import Path

from pressextract.evaluation.formats.regions import Annotated, annotated_text
from pressextract.evaluation.gold import GoldError

_OFFSETS = re.compile(r"\d+ \d+(?:;\d+ \d+)*")


def read_brat(folder: Path) -> list[Annotated]:
    """The annotated texts of a folder, by name.

    Raises:
        GoldError: if a text is missing or not UTF-8, or a line can't be read.
    """
    return [_read(path) for path in sorted(folder.glob("*.ann"))]


def _read(path: Path) -> Annotated:
    try:
        text = path.with_suffix(".txt").read_bytes().decode()
        lines = path.read_bytes().decode().splitlines()
    except OSError as error:
        raise GoldError(f"{error.filename}: {error.strerror}; brat keeps NAME.txt beside NAME.ann") from None
    except UnicodeDecodeError:
        raise GoldError(f"{path}: it, or its text, is not UTF-8") from None
    document = _Standoff(len(text))
    for number, line in enumerate(lines, 1):
        try:
            document.take(line)
        except (ValueError, IndexError, KeyError):
            raise GoldError(f"{path}: line {number} is not brat's standoff format: {line!r}") from None
    return document.annotated(path.stem, text)


class _Standoff:
    """What the lines of one file say."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._spans: dict[str, tuple[str, int, int]] = {}
        self._events: dict[str, tuple[str, str]] = {}
        self._links: list[tuple[str, str, str]] = []
        self._attributes: dict[str, dict[str, str]] = {}

    def take(self, line: str) -> None:
        """Reads one line; those of kinds that mean nothing here are left alone."""
        columns = line.split("\t")
        kind = columns[0][:1]
        if kind == "T":
            label, _, offsets = columns[1].partition(" ")
            if not _OFFSETS.fullmatch(offsets):
                raise ValueError(offsets)
            numbers = [int(n) for n in re.findall(r"\d+", offsets)]
            if not min(numbers) < max(numbers) <= self._length:
                raise ValueError(offsets)
            self._spans[columns[0]] = (label, min(numbers), max(numbers))
        elif kind == "R":
            label, source, target = columns[1].split()[:3]
            self._links.append((_target(source), _target(target), label))
        elif kind == "E":
            (label, trigger), *arguments = (part.split(":") for part in columns[1].split())
            self._events[columns[0]] = (label, trigger)
            self._links += [(columns[0], target, name) for name, target in arguments]
        elif kind in {"A", "M"}:
            name, target, *value = columns[1].split(" ", 2)
            self._attributes.setdefault(target, {})[name] = value[0] if value else "true"
        elif kind == "*":
            label, first, *others = columns[1].split()
            self._links += [(other, first, label) for other in others]
        elif kind == "#" and len(columns) > 2:
            self._attributes.setdefault(columns[1].split()[1], {})["norm"] = columns[2].strip()

    def annotated(self, doc_id: str, text: str) -> Annotated:
        """The text with its regions and links; triggers give way to their events."""
        events = {event: (label, *self._spans[trigger][1:]) for event, (label, trigger) in self._events.items()}
        triggers = {trigger for _, trigger in self._events.values()}
        spans = {i: span for i, span in self._spans.items() if i not in triggers} | events
        event_of = {trigger: event for event, (_, trigger) in self._events.items()}
        links = [(event_of.get(s, s), event_of.get(t, t), label) for s, t, label in self._links]
        attributes: dict[str, dict[str, str]] = {event_of.get(i, i): {} for i in self._attributes}
        for i, said in self._attributes.items():
            attributes[event_of.get(i, i)] |= said
        return annotated_text(doc_id, text, spans, links, attributes)


def _target(argument: str) -> str:
    """The id in "Arg1:T1"."""
    return argument.partition(":")[2] or argument
