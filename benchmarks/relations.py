"""What each family of features is worth: five folds of a gold folder without it (extra ``train``; two minutes each).

``python benchmarks/relations.py corpus/train``
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pressextract.evaluation import load_gold
from pressextract.learning.relations import Trainer
from pressextract.pipeline import Extractor

ROW = r"(?:none |nobody |group |last )?"
FAMILIES = {
    "nothing left out": "",
    "the frames of titles and employers": ROW + r"(?:rule|explicit|default|known|staff|in sentence)",
    "the frames of money": ROW + r"(?:rule|cue|led|strength|strong|listed|gave|most|beside|order|noun|owns)",
    "words of the lexicon and the text": ROW + r"(?:title|end|word|has|near|head|label|before|after|surface)\b",
    "bodies joined elsewhere": ROW + r"(?:joint|one of|each)",
    "the symbols between": ROW + r"(?:gap|shape|first|last|gl|gf|n|gn|in gap|[abpq][123])=",
    "the place in the layout": ROW
    + r"(?:[tp]b|kind|block|lead|over|intro|section|listing|whole|head|in \w+|back|where)",
}
"""Patterns of features. A feature that joins two families goes with either."""
FIELDS = ("roles", "grant_slots", "grants_exact")


def main(gold: Annotated[Path, typer.Argument(help="A folder of NAME.txt + NAME.json.")]) -> None:
    """Prints the five-fold F1 without each family."""
    trainer = Trainer(Extractor(), load_gold(gold))
    table = Table("without", *FIELDS)
    for name, pattern in FAMILIES.items():
        fields = trainer.cross_validate(pattern).fields
        table.add_row(name, *(f"{fields[field].f1:.3f}" for field in FIELDS))
        print(name, *(f"{fields[field].f1:.3f}" for field in FIELDS), flush=True)
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
