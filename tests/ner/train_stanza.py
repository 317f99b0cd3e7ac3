"""Trains a small Stanza NER model for each variety on part of NorNE, in a folder laid out as Stanza's own.

    python tests/ner/train_stanza.py NORNE OUT

For tests alone: half a minute's training without word vectors, so it knows the names it has seen and few others.
"""

import json
import sys
import tempfile
from pathlib import Path

import torch
from stanza.models import ner_tagger

from pressextract.ner.conllu import Sentence, norne_file, read_conllu

SENTENCES = 600

SETTINGS = """
    --no_pretrain --cpu --scheme bioes --word_emb_dim 32 --char_emb_dim 16 --char_hidden_dim 16 --hidden_dim 48
    --dropout 0.1 --optim adam --lr 0.01 --batch_size 32 --max_steps 80 --eval_interval 40 --log_step 1000
"""

TOKENIZERS = {"nb": "bokmaal", "nn": "nynorsk"}


def as_stanza(sentences: list[Sentence]) -> str:
    """Sentences in the format of Stanza's trainer, NorNE's two GPE types as one, as in Stanza's own training."""
    tags = {"B-GPE_LOC": "B-GPE", "I-GPE_LOC": "I-GPE", "B-GPE_ORG": "B-GPE", "I-GPE_ORG": "I-GPE"}
    return json.dumps(
        [[{"text": w, "ner": tags.get(t, t)} for w, t in zip(s.words, s.tags, strict=True)] for s in sentences]
    )


def train(norne: Path, variety: str, out: Path, settings: str = SETTINGS) -> None:
    """Writes a variety's model to *out*."""
    named = [s for s in read_conllu(norne_file(norne, variety, "train")) if set(s.tags) != {"O"}]
    with tempfile.TemporaryDirectory() as scratch:
        files = {"--train_file": named[:SENTENCES], "--eval_file": named[SENTENCES : SENTENCES + 50]}
        arguments = ["--shorthand", f"{variety}_norne", "--save_dir", str(out.parent), "--save_name", out.name]
        for option, sentences in files.items():
            path = Path(scratch) / option.strip("-")
            path.write_text(as_stanza(sentences), encoding="utf-8")
            arguments += [option, str(path)]
        ner_tagger.main([*arguments, *settings.split()])


def write_resources(out: Path, needed: dict[str, list[dict[str, str]]]) -> None:
    """Writes ``resources.json``; *needed* has for each variety the other models that its NER model reads."""
    resources = {}
    for variety, tokenizer in TOKENIZERS.items():
        resources[variety] = {
            "ner": {"norne": {"dependencies": needed[variety]} if needed[variety] else {}},
            "tokenize": {tokenizer: {}},
            **{part["model"]: {part["package"]: {}} for part in needed[variety]},
            "packages": {"default": {"tokenize": tokenizer, "ner": "norne"}},
        }
    (out / "resources.json").write_text(json.dumps(resources), encoding="utf-8")


def main(norne: Path, out: Path) -> None:
    """Writes ``resources.json``, ``nb/ner/norne.pt`` and ``nn/ner/norne.pt`` to *out*."""
    torch.set_num_threads(1)  # more slow a model as small as this down
    for variety in TOKENIZERS:
        train(norne, variety, out / variety / "ner" / "norne.pt")
    write_resources(out, {variety: [] for variety in TOKENIZERS})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
