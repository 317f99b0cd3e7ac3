"""The training recipe, on an encoder and a corpus made for the test."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs the extra: pip install 'pressextract[train]'")
pytest.importorskip("onnx", reason="needs the extra: pip install 'pressextract[train]'")

from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertModel

from pressextract.ner.conllu import norne_file
from pressextract.ner.export import export
from pressextract.ner.tagger import OnnxTagger
from pressextract.ner.train import Recipe, train

SENTENCES = [("Kari bor i Bergen .", "B-PER O O B-GPE_LOC O"), ("Ola bor i Oslo .", "B-PER O O B-GPE_LOC O")]
RECIPE = Recipe(
    epochs=20, warmup_steps=5, learning_rate=1e-2, head_learning_rate=1e-2, batch_pieces=64, dropout=0.0, context=0.0
)


@pytest.fixture
def norne(tmp_path: Path) -> Path:
    """A corpus of two sentences, ten times, in NorNE's layout."""
    for variety in ("nb", "nn"):
        path = norne_file(tmp_path / "norne", variety, "train")
        path.parent.mkdir(parents=True)
        rows = [
            "".join(
                f"{i}\t{w}" + "\t_" * 7 + f"\tname={t}\n"
                for i, (w, t) in enumerate(zip(s.split(), tags.split(), strict=True), 1)
            )
            for s, tags in SENTENCES
        ]
        path.write_text("\n".join(rows * 10), encoding="utf-8")
    return tmp_path / "norne"


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """A BERT of two tiny layers with random weights and whole words as pieces."""
    folder = tmp_path / "encoder"
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.WordLevelTrainer(special_tokens=["<s>", "<pad>", "</s>", "<unk>"])
    tokenizer.train_from_iterator([s for s, _ in SENTENCES], trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64, pad_token_id=1,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_a_trained_model_is_exported_and_read_without_torch(norne: Path, encoder: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    lines: list[str] = []
    export(train(norne, encoder, out, RECIPE, lines.append), encoder, out, RECIPE)
    tagger = OnnxTagger(out)
    (spans,) = tagger.tag([SENTENCES[0][0].split()])
    assert [(s.start, s.end, s.label) for s in spans] == [(0, 1, "PER"), (3, 4, "GPE_LOC")]
    assert tagger.name == "mine"
    assert Recipe.model_validate_json((out / "recipe.json").read_bytes()) == RECIPE


def test_a_run_goes_on_from_its_checkpoint(norne: Path, encoder: Path, tmp_path: Path) -> None:
    short = RECIPE.model_copy(update={"epochs": 1})
    lines: list[str] = []
    train(norne, encoder, tmp_path, short, lines.append)
    train(norne, encoder, tmp_path, RECIPE.model_copy(update={"epochs": 2}), lines.append)
    assert "resuming after epoch 1" in lines
