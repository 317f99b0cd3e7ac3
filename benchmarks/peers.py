"""Other people's NER models, trained on NorNE when they are first asked for, in a folder that git ignores."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PEERS = ROOT / "out" / "peers"

STEPS = 400
"""Training steps of spaCy's: enough for a model that runs as fast as a better one."""


def norne() -> Path | None:
    """The folder that the environment variable NORNE names, if it does."""
    folder = os.environ.get("NORNE")
    return Path(folder) if folder else None


def spacy_model(norne: Path) -> Path:
    """The folder of spaCy's own tok2vec and NER."""
    out = PEERS / "spacy"
    if not (out / "model-best").is_dir():
        sys.path.append(str(Path(__file__).parent))
        from ner import train_spacy

        train_spacy(norne, out, {"training.max_steps": STEPS, "training.eval_frequency": STEPS})
    return out / "model-best"


def stanza_models(norne: Path, script: str) -> Path:
    """The folder of Stanza's models that *script*, a path in this repository, makes."""
    out = PEERS / Path(script).stem
    if not (out / "resources.json").is_file():
        subprocess.run([sys.executable, ROOT / script, norne, out], check=True)
    return out
