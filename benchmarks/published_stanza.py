"""Stanza's NER models in the sizes of those published for Norwegian, trained for a few steps: as fast, not as good.

    python benchmarks/published_stanza.py NORNE OUT

The published ones can only be downloaded. Stanza's default settings and, for Bokmål, a character model each way, which
Stanza's list of packages gives to Bokmål alone; word vectors, which cost next to nothing, are left out.
"""

import sys
from pathlib import Path

import torch
from stanza.models.common.char_model import CharacterLanguageModel, CharVocab

from pressextract.ner.conllu import norne_file, read_conllu

sys.path.append(str(Path(__file__).parent.parent / "tests" / "ner"))
from train_stanza import train, write_resources

SETTINGS = "--no_pretrain --cpu --scheme bioes --max_steps 10 --eval_interval 10 --log_step 1000"

CHARACTER_MODEL = {
    "char_emb_dim": 100,
    "char_hidden_dim": 1024,
    "char_num_layers": 1,
    "char_dropout": 0.0,
    "char_rec_dropout": 0.0,
}
"""The sizes that Stanza's own trainer of character models has by default."""


DIRECTIONS = ("forward", "backward")


def main(norne: Path, out: Path) -> None:
    """Writes the models and ``resources.json`` to *out*."""
    words = {word for s in read_conllu(norne_file(norne, "nb", "train")) for word in s.words}
    vocabulary = {"char": CharVocab([sorted({character for word in words for character in word} | {" ", "\n"})])}
    settings = f"{SETTINGS} --charlm --charlm_shorthand nb_untrained"
    for direction in DIRECTIONS:
        path = out / "nb" / f"{direction}_charlm" / "untrained.pt"
        CharacterLanguageModel(CHARACTER_MODEL, vocabulary, is_forward_lm=direction == "forward").save(str(path))
        settings += f" --charlm_{direction}_file {path}"
    train(norne, "nb", out / "nb" / "ner" / "norne.pt", settings)
    train(norne, "nn", out / "nn" / "ner" / "norne.pt", SETTINGS)
    needed = [{"model": f"{direction}_charlm", "package": "untrained"} for direction in DIRECTIONS]
    write_resources(out, {"nb": needed, "nn": []})


if __name__ == "__main__":
    torch.set_num_threads(2)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
