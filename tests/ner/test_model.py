"""The shipped model as a tagger and as a component; NorNE's floors where NorNE is at hand."""

import json
from pathlib import Path

import pytest
import spacy

from pressextract.evaluation.mentions import gold_sentences
from pressextract.ner.component import DEFAULT_MODEL, model_folder
from pressextract.ner.conllu import TAGS, norne_file, read_conllu
from pressextract.ner.press import BODY, mentions
from pressextract.ner.scoring import FOUR_TYPES, score_spans
from pressextract.ner.tagger import ModelError, OnnxTagger

CORPUS = Path(__file__).parents[2] / "corpus"
NORNE = Path(__file__).parents[3] / "shared" / "norne"


@pytest.fixture(scope="module")
def tagger() -> OnnxTagger:
    return OnnxTagger(model_folder())


def test_names_are_found_in_both_varieties(tagger: OnnxTagger) -> None:
    sentences = [
        ["Jens", "Stoltenberg", "møtte", "Erna", "Solberg", "i", "Oslo", "."],
        ["Statsministeren", "kjem", "ikkje", "frå", "Bergen", "."],
    ]
    first, second = tagger.tag(sentences)
    assert [(s.start, s.end, s.label) for s in first] == [(0, 2, "PER"), (3, 5, "PER"), (6, 7, "GPE_LOC")]
    assert [(s.start, s.end, s.label) for s in second] == [(4, 5, "GPE_LOC")]
    assert all(0 < s.score <= 1 for s in [*first, *second])


def test_order_and_emptiness_are_kept(tagger: OnnxTagger) -> None:
    long, short = ["Oslo"] * 30, ["Oslo"]
    assert [bool(spans) for spans in tagger.tag([short, [], long, [""]])] == [True, False, True, False]


def test_a_sequence_longer_than_the_model_reads_is_halved(tagger: OnnxTagger) -> None:
    words = ["Jens", "Stoltenberg", "bor", "i", "Oslo", "."] * 200
    (spans,) = tagger.tag([words])
    assert spans[-1].end == len(words) - 1
    assert all(
        words[s.start : s.end] in (["Jens", "Stoltenberg"], ["Oslo"]) for s in spans if s.label in {"PER", "GPE_LOC"}
    )


def test_a_single_endless_word_is_survived(tagger: OnnxTagger) -> None:
    assert tagger.tag([["a1-" * 2000]]) == [[]]


def test_the_component_sets_ents_with_scores_in_a_foreign_pipeline() -> None:
    nlp = spacy.blank("nn")
    nlp.add_pipe("pressextract_ner")
    doc = nlp("Jens Stoltenberg bur i Oslo.\nBergen er fin.")
    assert [(e.text, e.label_) for e in doc.ents][:2] == [("Jens Stoltenberg", "PER"), ("Oslo", "GPE_LOC")]
    assert all(0 < e._.score <= 1 for e in doc.ents)


def test_the_config_names_its_tags() -> None:
    config = json.loads((model_folder() / "config.json").read_text(encoding="utf-8"))
    assert (config["name"], tuple(config["tags"])) == (DEFAULT_MODEL, TAGS)


def test_an_unknown_model_is_told_with_what_there_is() -> None:
    with pytest.raises(ModelError, match=f"no model 'nope'; shipped: .*{DEFAULT_MODEL}"):
        model_folder("nope")


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"not a model folder \(no model.onnx, tokenizer.json, config.json\)"):
        OnnxTagger(model_folder(tmp_path))


@pytest.mark.skipif(not NORNE.is_dir(), reason="NorNE may not be copied into the repository and is not beside it")
@pytest.mark.parametrize(
    ("variety", "split", "types", "floor"),
    [
        ("nb", "dev", {}, 0.88),
        ("nb", "test", {}, 0.84),
        ("nn", "test", {}, 0.86),
        ("nb", "test", FOUR_TYPES, 0.875),
        ("nn", "test", FOUR_TYPES, 0.89),
    ],
)
def test_the_model_keeps_its_scores_on_norne(
    tagger: OnnxTagger, variety: str, split: str, types: dict[str, str], floor: float
) -> None:
    sentences = list(read_conllu(norne_file(NORNE, variety, split)))
    # the files do not say where an article ends: forty sentences are about one
    articles = (sentences[i : i + 40] for i in range(0, len(sentences), 40))
    found = [spans for article in articles for spans in tagger.tag([s.words for s in article])]
    assert score_spans(sentences, found, types)["micro"].f1 >= floor


def test_the_model_finds_the_names_of_press_releases(tagger: OnnxTagger) -> None:
    releases = list(gold_sentences(CORPUS / "dev"))
    found = [mentions(spans) for release in releases for spans in tagger.tag([s.words for s in release])]
    scores = score_spans([sentence for release in releases for sentence in release], found)
    assert scores["PER"].f1 >= 0.97
    assert scores[BODY].f1 >= 0.9
