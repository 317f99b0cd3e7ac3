"""Stanza's Norwegian models: sequences of words in, labelled word spans out (extra ``stanza``)."""

import json
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from pressextract.language import Variety, detect_variety
from pressextract.ner.conllu import LABELS, VARIETIES, WordSpan
from pressextract.ner.tagger import ModelError

STANZA = "stanza"
"""The name that Stanza's models have here."""

LABELS_OF_STANZA = {**{label: label for label in LABELS}, "GPE": "GPE_LOC"}
"""Stanza's labels and NorNE's. Stanza's models were trained with GPE_LOC and GPE_ORG as one, GPE; as five of six are
GPE_LOC in NorNE's training files, that is what GPE becomes. A label not listed is no entity."""

LONGEST_WORD = 100
"""Characters read of a word; more tell no name, and the model's memory grows with them."""


class StanzaTagger:
    """Stanza's official models for Bokmål and Nynorsk, on the CPU; the document's variety says which one reads it.

    Stanza gives the best tags without probabilities: each span's score is 1.

    Args:
        folder: Stanza's models; None for Stanza's own folder, which ``STANZA_RESOURCES_DIR`` sets.
        threads: threads that torch uses, in the whole process; 0 leaves them as they are.

    Raises:
        ModelError: if Stanza is not installed, or the folder lacks files of the NER model for one of the varieties.
    """

    name = STANZA

    def __init__(self, folder: Path | None = None, threads: int = 0) -> None:
        try:
            import torch
            from stanza.resources.common import DEFAULT_MODEL_DIR
        except ModuleNotFoundError as error:
            raise ModelError("stanza is not installed; pip install 'pressextract[stanza]'") from error
        self._folder = folder or Path(DEFAULT_MODEL_DIR)
        if missing := [variety for variety in VARIETIES if not _is_whole(self._folder, variety)]:
            downloads = "; ".join(f"stanza.download({v!r}, {str(self._folder)!r}, processors='ner')" for v in missing)
            raise ModelError(
                f"{self._folder}: Stanza's NER model for {' and '.join(missing)} is missing or incomplete; "
                f'download it with: python -c "import stanza; {downloads}"'
            )
        if threads:
            torch.set_num_threads(threads)
        self._pipelines: dict[Variety, Any] = {}
        self._lock = Lock()

    def tag(self, sequences: Sequence[list[str]]) -> list[list[WordSpan]]:
        """The entities of each sequence of words of one document, in order.

        Returns:
            for each sequence its spans, whose ``start`` and ``end`` count words.
        """
        found: list[list[WordSpan]] = [[] for _ in sequences]
        filled = [i for i, sequence in enumerate(sequences) if sequence]  # Stanza can't read an empty one
        if not filled:
            return found
        variety = detect_variety(" ".join(word for i in filled for word in sequences[i]))
        words = [[word[:LONGEST_WORD] or "_" for word in sequences[i]] for i in filled]  # nor an empty word
        with self._lock:  # one document at a time: torch spreads its work over the cores itself
            document = self._pipeline(variety)(words)
        for i, sentence in zip(filled, document.sentences, strict=True):
            found[i] = [
                WordSpan(entity.tokens[0].id[0] - 1, entity.tokens[-1].id[0], LABELS_OF_STANZA[entity.type])
                for entity in sentence.ents
                if entity.type in LABELS_OF_STANZA
            ]
        return found

    def _pipeline(self, variety: Variety) -> Any:
        """The variety's model, loaded when it is first needed."""
        if variety not in self._pipelines:
            import stanza

            self._pipelines[variety] = stanza.Pipeline(
                variety,
                dir=str(self._folder),
                processors="tokenize,ner",
                tokenize_pretokenized=True,
                download_method=None,
                use_gpu=False,
                verbose=False,
            )
        return self._pipelines[variety]


def _is_whole(folder: Path, variety: str) -> bool:
    """Whether all files of the variety's NER model that Stanza's ``resources.json`` lists are there."""
    try:
        known = json.loads((folder / "resources.json").read_text(encoding="utf-8"))[variety]
        model = known["packages"]["default"]["ner"]
        needed = known["ner"][model].get("dependencies", [])
    except (FileNotFoundError, KeyError):
        return False
    files = [("ner", model), *((part["model"], part["package"]) for part in needed)]
    return all((folder / variety / kind / f"{name}.pt").is_file() for kind, name in files)
