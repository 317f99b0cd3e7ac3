"""NER models side by side on the same sentences: ours, others made by ``pressextract train``, and spaCy's and Stanza's.

    python benchmarks/ner.py NORNE [--model FOLDER ...] [--spacy FOLDER] [--stanza] [--split dev]

Each model is measured in a process of its own, once with one core and once with two. spaCy's is trained by
``--train-spacy`` on the same files as ours (tok2vec and a transition-based NER, spaCy's own settings for a CPU).
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from pressextract.evaluation.mentions import gold_sentences
from pressextract.ner.conllu import Sentence, WordSpan, norne_file, read_conllu
from pressextract.ner.press import mentions
from pressextract.ner.scoring import FOUR_TYPES, score_spans

ARTICLE = 40
"""NorNE's files do not say where an article ends; they are read in stretches of so many sentences."""

CORPUS = Path(__file__).parent.parent / "corpus"

Tag = Callable[[Sequence[list[str]]], list[list[WordSpan]]]


class Figures(NamedTuple):
    """What one process measured: scores 0 to 1, words a second, seconds, megabytes."""

    f1: dict[str, float]
    speed: float
    load: float
    memory: float


def load_tagger(kind: str, folder: str, cores: int) -> Tag:
    """The model's way from the sequences of a document to their entities."""
    if kind == "spacy":
        import spacy
        from spacy.tokens import Doc

        nlp = spacy.load(folder)

        def tag(sequences: Sequence[list[str]]) -> list[list[WordSpan]]:
            docs = nlp.pipe((Doc(nlp.vocab, words=words) for words in sequences), n_process=1)
            return [[WordSpan(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]

        return tag
    if kind == "stanza":
        import torch

        from pressextract.ner.stanza_tagger import StanzaTagger

        torch.set_num_threads(cores)
        return StanzaTagger().tag
    from pressextract.ner.component import model_folder
    from pressextract.ner.tagger import OnnxTagger

    return OnnxTagger(model_folder(folder or None), threads=cores).tag


def articles(norne: Path, variety: str, split: str) -> list[list[Sentence]]:
    """The sentences of one of NorNE's files, in stretches."""
    sentences = list(read_conllu(norne_file(norne, variety, split)))
    return [sentences[i : i + ARTICLE] for i in range(0, len(sentences), ARTICLE)]


def measure(kind: str, folder: str, norne: Path, split: str, cores: int) -> Figures:
    """Loads a model, reads both varieties and our press releases, and scores what it found."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    started = time.perf_counter()
    tag = load_tagger(kind, folder, cores)
    tag([["Kari", "Nordmann", "leder", "Siva", "."]])
    load = time.perf_counter() - started
    f1: dict[str, float] = {}
    words = seconds = 0.0
    for variety in ("nb", "nn"):
        documents = articles(norne, variety, split)
        started = time.perf_counter()
        found = [spans for document in documents for spans in tag([s.words for s in document])]
        seconds += time.perf_counter() - started
        sentences = [s for document in documents for s in document]
        words += sum(len(s.words) for s in sentences)
        scores = score_spans(sentences, found)
        f1 |= {f"{variety} {label}": score.f1 for label, score in scores.items()}
        f1[f"{variety} 4 types"] = score_spans(sentences, found, FOUR_TYPES)["micro"].f1
    releases = list(gold_sentences(CORPUS / "dev"))
    named = [mentions(spans) for release in releases for spans in tag([s.words for s in release])]
    scores = score_spans([s for release in releases for s in release], named)
    f1 |= {"press people": scores["PER"].f1, "press organisations": scores["BODY"].f1}
    return Figures(f1, words / seconds, load, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def train_spacy(norne: Path, out: Path, settings: dict[str, Any] | None = None) -> None:
    """spaCy's tok2vec and NER on NorNE's training files, both varieties, in its own settings for a CPU.

    *settings* override those, by their dotted names.
    """
    import spacy
    from spacy.cli.init_config import init_config
    from spacy.cli.train import train
    from spacy.tokens import Doc, DocBin

    out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("nb")
    for split in ("train", "dev"):
        docs = DocBin()
        for variety in ("nb", "nn"):
            for sentence in read_conllu(norne_file(norne, variety, split)):
                docs.add(Doc(nlp.vocab, words=sentence.words, ents=sentence.tags))
        docs.to_disk(out / f"{split}.spacy")
    init_config(lang="nb", pipeline=["ner"], optimize="efficiency", gpu=False).to_disk(out / "config.cfg")
    paths = {"paths.train": str(out / "train.spacy"), "paths.dev": str(out / "dev.spacy")}
    train(out / "config.cfg", out, overrides=paths | (settings or {}))


def megabytes(folder: Path) -> float:
    """The size on disk of a model's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main(
    norne: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A folder laid out as NorNE's.")],
    model: Annotated[list[Path], typer.Option(help="Another model folder; may be given again.")] = [],  # noqa: B006
    spacy: Annotated[Path | None, typer.Option(help="A spaCy pipeline's folder.")] = None,
    stanza: Annotated[bool, typer.Option("--stanza", help="Stanza's models, from its own folder.")] = False,
    split: Annotated[str, typer.Option(help="dev or test.")] = "dev",
    train_spacy_to: Annotated[Path | None, typer.Option("--train-spacy", help="Train spaCy's to here first.")] = None,
    one: Annotated[str | None, typer.Option(hidden=True)] = None,
    cores: Annotated[int, typer.Option(hidden=True)] = 2,
) -> None:
    """Prints F1, speed, load time, peak memory and size of each model."""
    if one is not None:
        kind, _, folder = one.partition(":")
        print(json.dumps(measure(kind, folder, norne, split, cores)))
        return
    if train_spacy_to:
        train_spacy(norne, train_spacy_to)
        spacy = train_spacy_to / "model-best"
    from pressextract.ner.component import model_folder

    peers = [("ours:", model_folder()), *((f"ours:{folder}", folder) for folder in model)]
    if spacy:
        peers.append((f"spacy:{spacy}", spacy))
    if stanza:
        from stanza.resources.common import DEFAULT_MODEL_DIR

        peers.append(("stanza:", Path(DEFAULT_MODEL_DIR)))
    table = Table(title=f"NorNE {split}, micro F1 of exact spans")
    for heading in (
        *("model", "nb", "nn", "nb 4 types", "nn 4 types", "press people", "press org."),
        *("words/s, 1 core", "2 cores", "load s", "peak MB", "disk MB"),
    ):
        table.add_column(heading)
    for name, folder in peers:
        single, double = (
            Figures(*json.loads(subprocess.run(
                [sys.executable, __file__, str(norne), "--split", split, "--one", name, "--cores", str(n)],
                check=True, capture_output=True, text=True).stdout.splitlines()[-1]))
            for n in (1, 2)
        )  # fmt: skip
        columns = ("nb micro", "nn micro", "nb 4 types", "nn 4 types", "press people", "press organisations")
        table.add_row(
            folder.name, *(f"{double.f1[c]:.3f}" for c in columns), f"{single.speed:,.0f}", f"{double.speed:,.0f}",
            f"{double.load:.2f}", f"{double.memory:.0f}", f"{megabytes(folder):.1f}",
        )  # fmt: skip
        print(json.dumps({folder.name: double.f1}))
    Console(width=160).print(table)


if __name__ == "__main__":
    typer.run(main)
