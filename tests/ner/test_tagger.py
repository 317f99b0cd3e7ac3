"""How a document's windows are packed into runs of the network."""

from hypothesis import given
from hypothesis import strategies as st

from pressextract.ner.pieces import Pieces
from pressextract.ner.tagger import PACK_PIECES, packs


def windows(sizes: list[int]) -> list[Pieces]:
    return [Pieces([number] * size, list(range(size))) for number, size in enumerate(sizes)]


@given(st.lists(st.integers(1, 254)))
def test_each_window_is_in_one_pack_and_no_pack_is_empty_or_far_larger_than_another(sizes: list[int]) -> None:
    found = packs(windows(sizes))
    assert sorted(window for pack in found for window in pack) == sorted(windows(sizes))
    filled = [sum(len(window.ids) for window in pack) for pack in found]
    assert all(filled)
    assert max(filled, default=0) <= PACK_PIECES + max(sizes, default=0)


def test_short_lines_share_a_run() -> None:
    assert [len(pack) for pack in packs(windows([8] * 32))] == [16, 16]
