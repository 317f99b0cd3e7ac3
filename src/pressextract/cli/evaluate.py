"""``pressextract evaluate``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressextract.cli.base import MinConfidence, Model, app, load

if TYPE_CHECKING:
    from pressextract.evaluation.comparison import Comparison
    from pressextract.evaluation.results import Results


@app.command(epilog="Example: pressextract evaluate corpus/dev --report report.html --against old/records.jsonl")
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            help="A folder of NAME.txt with NAME.json, or brat's NAME.ann; Label Studio's JSON export; "
            "for names alone CoNLL-U, a file or NorNE's folder."
        ),
    ],
    model: Model = None,
    min_confidence: MinConfidence = 0.0,
    report: Annotated[Path | None, typer.Option(help="The page to write, with each error in its text.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="The records of another run (records.jsonl) to compare with.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores and errors as JSON.")] = False,
) -> None:
    """Scores the records of gold texts against their gold, and shows what is wrong and why."""
    from rich.console import Console

    from pressextract.evaluation.report import tables
    from pressextract.evaluation.results import summary

    results, comparison = _results(gold, model, min_confidence, against)
    data = summary(results, comparison)
    if report is not None:
        from pressextract.evaluation.page import report_page

        with report.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(report_page(data, results, gold.name or str(gold)))
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2).encode())
    else:
        for table in tables(data):
            Console().print(table)


def _results(
    gold: Path, model: str | None, min_confidence: float, against: Path | None
) -> tuple["Results", "Comparison | None"]:
    """The results of a run over gold of any kind, and the comparison with another run."""
    from pressextract.evaluation.comparison import compare, read_records
    from pressextract.evaluation.conllu import conllu_files, mark_sentences
    from pressextract.evaluation.formats import read_gold_source
    from pressextract.evaluation.results import judge, judge_names

    if files := conllu_files(gold):
        if against is not None:
            raise typer.BadParameter("--against compares records; gold of names alone has none")
        from pressextract.ner.component import load_tagger

        tagger = load_tagger(model)
        return judge_names(list(mark_sentences(files, tagger)), tagger.name), None
    documents = read_gold_source(gold)
    others = read_records(against, documents) if against is not None else None
    nlp = load(model, min_confidence)
    results = judge(documents, [nlp(d.text, doc_id=d.doc_id) for d in documents])
    return results, compare(judge(documents, others).evaluation, results.evaluation) if others is not None else None
