"""Stanza's models behind our interface, on small ones that ``train_stanza.py`` makes of NorNE."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import pressextract
from pressextract.ner import stanza_tagger
from pressextract.ner.conllu import LABELS, norne_file, read_conllu
from pressextract.ner.scoring import score_spans
from pressextract.ner.stanza_tagger import StanzaTagger
from pressextract.ner.tagger import ModelError

NORNE = Path(__file__).parents[3] / "shared" / "norne"


@pytest.fixture(scope="module")
def stanza() -> Any:
    return pytest.importorskip("stanza", reason="needs the extra: pip install 'pressextract[stanza]'")


@pytest.fixture(scope="module")
def folder(stanza: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small models in a folder laid out as Stanza's own."""
    if not NORNE.is_dir():
        pytest.skip("NorNE may not be copied into the repository and is not beside it")
    out = tmp_path_factory.mktemp("stanza")
    subprocess.run([sys.executable, Path(__file__).parent / "train_stanza.py", NORNE, out], check=True)
    return out


@pytest.fixture(scope="module")
def tagger(folder: Path) -> StanzaTagger:
    return StanzaTagger(folder, threads=1)


BOKMAAL = "I dag kommer ikke Kari Nordmann fra Bergen ."
NYNORSK = "I dag kjem ikkje Kari Nordmann frå Bergen ."


@pytest.mark.parametrize("text", [BOKMAAL, NYNORSK])
def test_names_are_found_in_both_varieties(tagger: StanzaTagger, text: str) -> None:
    (spans,) = tagger.tag([text.split()])
    assert [(s.start, s.end, s.label) for s in spans] == [(4, 6, "PER"), (7, 8, "GPE_LOC")]


def test_a_span_has_no_probability_and_counts_as_certain(tagger: StanzaTagger) -> None:
    assert {s.score for spans in tagger.tag([BOKMAAL.split()]) for s in spans} == {1.0}


def test_the_variety_of_the_document_chooses_the_model_which_is_loaded_once(
    folder: Path, stanza: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    class Recorder(stanza.Pipeline):  # type: ignore[misc]
        def __init__(self, variety: str, **settings: Any) -> None:
            assert settings["download_method"] is None
            loaded.append(variety)
            super().__init__(variety, **settings)

    monkeypatch.setattr(stanza, "Pipeline", Recorder)
    tagger = StanzaTagger(folder, threads=1)
    assert loaded == []
    for text in (NYNORSK, BOKMAAL, NYNORSK, BOKMAAL):
        tagger.tag([text.split()])
    assert loaded == ["nn", "nb"]


@pytest.mark.parametrize("variety", ["nb", "nn"])
def test_names_it_was_trained_on_are_found_under_our_labels(tagger: StanzaTagger, variety: str) -> None:
    # half of them all: the model is small, and has GPE_LOC and GPE_ORG as one
    sentences = [s for s in read_conllu(norne_file(NORNE, variety, "train")) if set(s.tags) != {"O"}][:200]
    spans = tagger.tag([s.words for s in sentences])
    assert {s.label for found in spans for s in found} <= set(LABELS)
    assert score_spans(sentences, spans)["micro"].f1 > 0.5


def test_a_label_that_is_none_of_ours_is_left_out(tagger: StanzaTagger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(stanza_tagger.LABELS_OF_STANZA, "PER")
    assert [[s.label for s in spans] for spans in tagger.tag([BOKMAAL.split()])] == [["GPE_LOC"]]


def test_order_and_emptiness_are_kept(tagger: StanzaTagger) -> None:
    found = tagger.tag([[], BOKMAAL.split(), [""], NYNORSK.split() * 30])
    assert [bool(spans) for spans in found] == [False, True, False, True]
    assert tagger.tag([]) == []
    assert tagger.tag([[]]) == [[]]


def test_a_single_endless_word_is_survived(tagger: StanzaTagger) -> None:
    (spans,) = tagger.tag([[*BOKMAAL.split(), "a1-" * 100_000]])
    assert [s.label for s in spans][:2] == ["PER", "GPE_LOC"]


@settings(max_examples=25, deadline=None)
@given(sequences=st.lists(st.lists(st.text(st.characters(), max_size=12), max_size=6), max_size=4))
def test_any_words_give_spans_within_their_sequence(tagger: StanzaTagger, sequences: list[list[str]]) -> None:
    for words, spans in zip(sequences, tagger.tag(sequences), strict=True):
        bounds = [bound for s in spans for bound in (s.start, s.end)]
        assert bounds == sorted(bounds)
        assert all(0 <= s.start < s.end <= len(words) for s in spans)


@pytest.fixture
def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small models as the user's own."""
    monkeypatch.setattr("stanza.resources.common.DEFAULT_MODEL_DIR", str(folder))


@pytest.mark.usefixtures("installed")
def test_it_is_loaded_by_name_and_named_in_the_record() -> None:
    record = pressextract.load("stanza", threads=1)("I dag kommer ikke Kari Nordmann fra Bergen.")
    assert record.pipeline.model == "stanza"
    assert [person.name for person in record.people] == ["Kari Nordmann"]


@pytest.mark.usefixtures("installed")
def test_the_component_takes_it_in_a_foreign_pipeline() -> None:
    nlp = spacy.blank("nn")
    nlp.add_pipe("pressextract_ner", config={"model": "stanza", "threads": 1})
    doc = nlp("I dag kjem ikkje Kari Nordmann frå Bergen.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Kari Nordmann", "PER"), ("Bergen", "GPE_LOC")]


@pytest.mark.usefixtures("stanza")
@pytest.mark.parametrize(
    ("lacking", "missing"),
    [
        ("resources.json", ["nb", "nn"]),
        ("nb/ner/norne.pt", ["nb"]),
        ("nb/pretrain/vectors.pt", ["nb"]),
        ("nn/ner/norne.pt", ["nn"]),
    ],
)
def test_missing_models_are_told_with_the_command_that_downloads_them(
    tmp_path: Path, lacking: str, missing: list[str]
) -> None:
    packages = {"default": {"ner": "norne"}}
    vectors = {"model": "pretrain", "package": "vectors"}
    resources = {
        "nb": {"packages": packages, "ner": {"norne": {"dependencies": [vectors]}}},
        "nn": {"packages": packages, "ner": {"norne": {}}},
    }
    for name in ("resources.json", "nb/ner/norne.pt", "nb/pretrain/vectors.pt", "nn/ner/norne.pt"):
        if name != lacking:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(json.dumps(resources), encoding="utf-8")
    downloads = "; ".join(f"stanza.download('{v}', '{tmp_path}', processors='ner')" for v in missing)
    message = (
        f"{tmp_path}: Stanza's NER model for {' and '.join(missing)} is missing or incomplete; "
        f'download it with: python -c "import stanza; {downloads}"'
    )
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        StanzaTagger(tmp_path)


def test_without_the_extra_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stanza.resources.common", None)
    with pytest.raises(ModelError, match=r"^stanza is not installed; pip install 'pressextract\[stanza\]'$"):
        pressextract.load("stanza")
