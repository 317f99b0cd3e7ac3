"""Records by Ray Data, on one machine or many (extra ``ray``).

>>> import ray
>>> from pressextract.ray import extract_dataset
>>> records = extract_dataset(ray.data.read_parquet("releases"))  # columns id, text and, if there is, published
>>> records.write_parquet("records")
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow

from pressextract.batch.tasks import Extracted, Settings, Task, start_worker
from pressextract.batch.workers import Crew, Outcome
from pressextract.readers.rows import read_row
from pressextract.records import PressRelease
from pressextract.tables import NESTED, to_nested

if TYPE_CHECKING:
    from ray.data import Dataset


def extract_dataset(
    ds: "Dataset",
    settings: Settings | None = None,
    *,
    timeout: float = 60.0,
    batch_size: int = 64,
    workers: int | None = None,
    **map_options: Any,
) -> "Dataset":
    """The records of a dataset of texts, a row a document, in the columns of :data:`pressextract.tables.NESTED`.

    Each actor loads the models once, in a process of its own, so that a text that hangs or kills it costs no other.
    Such a text is tried once more; then its row says why in ``error`` and has only the ``doc_id`` beside.

    Args:
        ds: a row a text, in the columns that ``settings.columns`` names; ids must differ.
        settings: what the records depend on beside the texts.
        timeout: seconds that a text may take.
        batch_size: texts that an actor takes at a time.
        workers: actors; by default one for each core of the cluster but one, without which nothing would read for them.
        map_options: more arguments of Ray's ``map_batches``.

    Raises:
        ValueError: if the dataset lacks the column of ids or that of texts.
    """
    from ray.data import ActorPoolStrategy

    settings = settings or Settings()
    missing = {settings.columns.id, settings.columns.text} - set(ds.schema().names)
    if missing:
        raise ValueError(f"the dataset has no column {', '.join(sorted(missing))}; name it in Settings(columns=…)")
    return ds.map_batches(
        _Extractor,
        fn_constructor_args=(settings, timeout),
        batch_size=batch_size,
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=workers or max(1, _cores() - 1)),
        **{"num_cpus": 1, **map_options},
    )


def _cores() -> int:
    import ray

    cores: float = ray.cluster_resources().get("CPU", 1)  # type: ignore[no-untyped-call]
    return int(cores)


class _Extractor:
    """An actor: a process that has the models, and what keeps watch over it."""

    def __init__(self, settings: Settings, timeout: float) -> None:
        self._settings = settings
        self._crew = Crew(partial(start_worker, settings), 1, timeout)

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        """The records of a batch, in its order."""
        tables = [_as_row(outcome) for row in batch.to_pylist() for outcome in self._outcomes(row)]
        return pyarrow.concat_tables(tables) if tables else NESTED.empty_table()

    def _outcomes(self, row: dict[str, Any]) -> Iterator[Outcome[Task]]:
        source = read_row(row, None, self._settings.columns)
        task = Task(source.row or "", Path(), source)
        if source.error is not None:
            yield Outcome(task, error=source.error)
            return
        (outcome,) = self._crew.run([task])
        if outcome.error is not None:
            (outcome,) = self._crew.run([task])
        yield outcome


def _as_row(outcome: Outcome[Task]) -> pyarrow.Table:
    if outcome.error is not None:
        return pyarrow.Table.from_pylist([{"doc_id": outcome.task.doc_id, "error": outcome.error}], schema=NESTED)
    extracted: Extracted = outcome.result
    return to_nested([(PressRelease.model_validate_json(extracted.record), extracted.text)])
