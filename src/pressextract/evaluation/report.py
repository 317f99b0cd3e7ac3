"""An evaluation as tables for the terminal."""

from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from pressextract.evaluation.ner import SCHEMES
from pressextract.evaluation.scoring import Evaluation


def scores_table(evaluation: Evaluation) -> Table:
    """Precision, recall and F1 of each field with its counts, then the accuracies (0 to 1)."""
    table = _table("field", "precision", "recall", "F1", "right", "spurious", "missed")
    for field, counts in evaluation.fields.items():
        shares = (_share(s) for s in (counts.precision, counts.recall, counts.f1))
        table.add_row(field, *shares, *map(str, counts))
    table.add_section()
    table.add_row("accuracy", "share", "", "", "right", "of", style="bold")
    for name, accuracy in evaluation.accuracies.items():
        table.add_row(name, _share(accuracy.share), "", "", *map(str, accuracy))
    return table


def tables(data: dict[str, Any]) -> Iterator[Table]:
    """What :func:`pressextract.evaluation.results.summary` has, in a few tables."""
    if data["fields"]:
        yield _fields_table(data)
    if data["mentions"]:
        yield _mentions_table(data)
    if data["causes"]:
        yield _causes_table(data)
    if "against" in data:
        yield _against_table(data["against"])


def _fields_table(data: dict[str, Any]) -> Table:
    """Scores with their intervals, all and by variety, each 0 to 1; then what confidence is worth."""
    varieties = data["varieties"].values()
    heads = [f"{name} ({scores['documents']})" for name, scores in data["varieties"].items()]
    table = _table(f"{data['documents']} documents", "F1", "95 %", "precision", "recall", *heads)
    for field, scores in data["fields"].items():
        shares = (_share(scores[s]) for s in ("precision", "recall"))
        own = (_share(v["fields"].get(field, {}).get("f1")) for v in varieties)
        table.add_row(field, _share(scores["f1"]), _interval(data["intervals"][field]), *shares, *own)
    table.add_section()
    table.add_row("", "share", "95 %", style="bold")
    for name, share in data["accuracies"].items():
        own = (_share(v["accuracies"].get(name)) for v in varieties)
        table.add_row(name, _share(share), _interval(data["intervals"][name]), "", "", *own)
    table.add_section()
    table.add_row("calibration error", style="bold")
    for name, error in data["calibration_error"].items():
        table.add_row(name, _share(error))
    return table


def _mentions_table(data: dict[str, Any]) -> Table:
    """Mentions of names by nervaluate's ways to count; the interval is that of strict, and so are the varieties."""
    table = _table("names", *SCHEMES, "95 %", *data["varieties"])
    for label, schemes in data["mentions"].items():
        found = (_share(schemes[s]["f1"]) for s in SCHEMES)
        own = (_share(v["mentions"][label]["strict"]["f1"]) for v in data["varieties"].values())
        table.add_row(label, *found, _interval(schemes["strict"]["interval"]), *own)
    return table


def _causes_table(data: dict[str, Any]) -> Table:
    table = Table("errors of", "", "by cause", box=SIMPLE_HEAD)
    table.columns[1].justify = "right"
    for field, causes in data["causes"].items():
        listed = ", ".join(f"{cause.replace('_', ' ')} {n}" for cause, n in causes.items())
        table.add_row(field, str(sum(causes.values())), listed)
    return table


def _against_table(against: dict[str, Any]) -> Table:
    table = _table("other run", "before", "now", "change", "95 %", "better", "worse")
    for field, difference in against["fields"].items():
        before, after = difference["before"], difference["after"]
        change = "–" if before is None or after is None else f"{after - before:+.3f}"
        listed = (str(sum(c["field"] == field for c in against[side])) for side in ("better", "worse"))
        table.add_row(field, _share(before), _share(after), change, _interval(difference["interval"], "+"), *listed)
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(first, *others, box=SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    return table


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _interval(interval: tuple[float, float] | None, sign: str = "") -> str:
    return "" if interval is None else f"{interval[0]:{sign}.2f} to {interval[1]:{sign}.2f}"
