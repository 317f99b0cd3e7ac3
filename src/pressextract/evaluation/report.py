"""An evaluation as a table for the terminal."""

from rich.table import Table

from pressextract.evaluation.calibration import calibration_error, reliability
from pressextract.evaluation.scoring import JUDGED, Evaluation


def scores_table(evaluation: Evaluation) -> Table:
    """Precision, recall and F1 of each field with its counts, then the accuracies (0 to 1)."""
    table = Table("field", "precision", "recall", "F1", "right", "spurious", "missed")
    for column in table.columns[1:]:
        column.justify = "right"
    for field, counts in evaluation.fields.items():
        shares = (_share(s) for s in (counts.precision, counts.recall, counts.f1))
        table.add_row(field, *shares, *map(str, counts))
    table.add_section()
    table.add_row("accuracy", "share", "", "", "right", "of", style="bold")
    for name, accuracy in evaluation.accuracies.items():
        table.add_row(name, _share(accuracy.share), "", "", *map(str, accuracy))
    return table


def reliability_table(evaluation: Evaluation) -> Table:
    """Of roles and grants by their confidence: how many there are, and the share that is right (0 to 1)."""
    table = Table("confidence of", "records", "mean confidence", "right")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, fields in JUDGED.items():
        judged = evaluation.confidences(*fields)
        for count, confidence, right in reliability(judged):
            table.add_row(name, str(count), _share(confidence), _share(right))
        table.add_row(f"{name}: expected calibration error", "", "", _share(calibration_error(judged)), style="bold")
        table.add_section()
    return table


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
