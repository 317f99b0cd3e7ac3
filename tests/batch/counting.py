"""A stand-in for the models, as a program of its own: ``python counting.py IN OUT FORMAT`` runs a batch with it."""

import os
import signal
import sys
import time
from pathlib import Path

from pressextract.batch.runner import run_batch
from pressextract.batch.tasks import Extracted, Settings, Task, content_hash, source_of
from pressextract.batch.workers import Work
from pressextract.records import Pipeline, PressRelease


def start(settings: Settings) -> Work:
    """What reads a task: a record with the text as its title; texts that name a fault have it."""

    def work(task: Task) -> Extracted:
        source = source_of(task, settings)
        fault, _, once = source.text.partition(" once ")
        if not once or not _happened(once.strip()):
            if fault == "krasj":
                raise RuntimeError("midt i\nteksten")
            if fault == "heng":
                time.sleep(600)
            if fault == "drep":
                os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.002)
        record = PressRelease(
            doc_id=task.doc_id,
            language="nb",
            title=source.text,
            text_sha256="0" * 64,
            pipeline=Pipeline(model="none", version="0"),
            organisations=[{"id": "o1", "name": "Fjordlab", "mentions": []}],
        )
        return Extracted(content_hash(task), record.model_dump_json(), source.text)

    return work


def _happened(mark: str) -> bool:
    """Whether a fault that comes once has been there; it has from now on."""
    seen = Path(mark).exists()
    Path(mark).touch()
    return seen


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run_batch(Path(sys.argv[1]), Path(sys.argv[2]), print, format=sys.argv[3], workers=2, timeout=30, start=start)
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, ValueError) as error:
        where = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
        print(where, file=sys.stderr)
        sys.exit(2)
