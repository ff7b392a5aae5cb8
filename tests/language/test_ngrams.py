"""The kept model: unpacked once, never half, and the same figures where it cannot be kept."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from audit.language import ngrams


@pytest.fixture
def packed() -> Path:
    spec = importlib.util.find_spec("py3langid")
    assert spec and spec.origin
    return Path(spec.origin).parent / "data" / "model.npz.xz"


def small() -> tuple[list[str], ngrams.Tables]:
    """A model of one label, for the folder alone."""
    kinds = (np.uint32, np.int64, np.int32, np.int16, np.float32)
    return ["en"], ngrams.Tables(*(np.arange(3, dtype=kind) for kind in kinds))


def test_the_model_is_unpacked_once(packed: Path, tmp_path: Path) -> None:
    calls: list[int] = []

    def unpack() -> tuple[list[str], ngrams.Tables]:
        calls.append(1)
        return small()

    first = ngrams._kept(packed, str(tmp_path / "new"), unpack)
    again = ngrams._kept(packed, str(tmp_path / "new"), unpack)
    assert calls == [1] and first[0] == again[0] == ["en"]
    for one, other, held in zip(first[1], again[1], small()[1], strict=True):
        assert (one == held).all() and (other == held).all() and one.dtype == held.dtype
        assert not one.flags.writeable and not other.flags.writeable
    assert len(list((tmp_path / "new").iterdir())) == 1  # nothing is left beside


def test_a_place_that_cannot_be_written_to_changes_no_figure(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    names, tables = ngrams._kept(packed, str(tmp_path / "file"), small)
    assert names == ["en"] and (tables.moves == small()[1].moves).all()
    assert not tables.moves.flags.writeable


def test_a_damaged_folder_is_not_read(packed: Path, tmp_path: Path) -> None:
    ngrams._kept(packed, str(tmp_path), small)
    (folder,) = tmp_path.iterdir()
    (folder / "weights.npy").write_bytes(b"\x93NUMPY")
    assert (ngrams._kept(packed, str(tmp_path), small)[1].weights == small()[1].weights).all()


def test_odds_are_probabilities_added_up_by_code() -> None:
    texts = ["市议会将于下周对新的预算进行表决。", "The council votes.", ""]
    codes = ngrams.codes()
    assert codes == sorted(codes) and {"en", "zh", "und"} <= set(codes)
    rows, parts = ngrams.odds(texts), ngrams.probabilities(texts)
    assert rows.shape == (3, len(codes)) and np.allclose(rows.sum(axis=1), 1, atol=1e-5)
    chinese = [at for at, label in enumerate(ngrams.labels()) if label in ("zh", "wuu", "yue")]
    assert rows[0, codes.index("zh")] == pytest.approx(parts[0, chinese].sum(), abs=1e-6)
