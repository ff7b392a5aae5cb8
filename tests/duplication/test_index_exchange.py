"""The index and datasketch: the same numbers out as datasketch makes, and only sound ones in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from datasketch import MinHash, MinHashLSH

from audit.duplication import fold, index_exchange, index_write
from audit.duplication.index import open_index, stats
from audit.model import AuditError
from tests.duplication.indexes import holds, ids, known, rows
from tests.duplication.test_copies import article, edited

TEXTS = {f"d{n}": article(n) for n in range(6)} | {
    "short": "Shut on Friday.",
    "ไทย": "市长宣布新桥",
}


def sketch(text: str, number: int = 128, seed: int = 1) -> MinHash:
    """datasketch's own, fed with the shingles of a text."""
    made = MinHash(num_perm=number, seed=seed)
    made.update_batch([shingle.encode() for shingle in fold.shingles(text)])
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "articles.index"
    index_write.add(place, [rows(TEXTS)])
    index_write.add(place, [rows({"gone": article(40)})])
    index_write.remove(place, ["gone"])
    return place


def test_what_is_loaded_equals_datasketchs_own(folder: Path) -> None:
    found = dict(index_exchange.minhashes(open_index(folder)))
    assert set(found) == set(TEXTS)
    for name, text in TEXTS.items():
        assert found[name] == sketch(text)


def test_an_lsh_of_datasketch_is_built_from_an_index(folder: Path) -> None:
    lsh = index_exchange.lsh(open_index(folder), threshold=0.5)
    assert isinstance(lsh, MinHashLSH)
    assert lsh.query(sketch(edited(TEXTS["d2"], 1, 0.02))) == ["d2"]
    assert lsh.query(sketch(article(60))) == []


def test_an_index_goes_through_a_file_and_stays_what_it_is(folder: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "all.parquet", tmp_path / "again.index"
    assert index_exchange.write(open_index(folder), file) == len(TEXTS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.parquet", "articles.index"]
    done = index_write.add(again, index_exchange.read(file))
    assert done.added == len(TEXTS) and holds(again) == holds(folder)
    asked = {"x": edited(TEXTS["d1"], 2), "y": TEXTS["short"], "z": article(61)}
    assert known(again, asked) == known(folder, asked)
    assert stats(open_index(again))["signature_only"] == 0
    done = index_write.add(folder, index_exchange.read(file))
    assert done.unchanged == len(TEXTS)


def test_datasketchs_rows_are_checked_by_their_signature_and_said_to_be(folder: Path) -> None:
    theirs = {f"t{n}": article(70 + n) for n in range(20)}
    frame = index_exchange.entries((name, sketch(text)) for name, text in theirs.items())
    assert index_write.add(folder, [frame]).added == 20
    assert index_write.add(folder, [frame]).unchanged == 20
    assert stats(open_index(folder))["signature_only"] == 20
    asked = {
        "same": theirs["t3"],
        "edited": edited(theirs["t4"], 1, 0.03),
        "mine": TEXTS["d1"],
        "new": article(99),
    }
    same, near, mine, new = known(folder, asked)
    assert (ids(mine), ids(new)) == ({"d1": "identical"}, {})
    for seen, name in ((same, "t3"), (near, "t4")):
        (found,) = seen.known
        assert (found.id, found.relation, found.by) == (name, "copy", "signature")
        assert found.contained is None and found.source is None
        truth = sketch(theirs[name]).jaccard(sketch(asked[seen.id]))
        assert found.similarity == pytest.approx(truth, abs=1e-3)
    index_exchange.write(open_index(folder), folder.parent / "mixed.parquet")
    index_write.add(folder.parent / "j", index_exchange.read(folder.parent / "mixed.parquet"))
    assert known(folder.parent / "j", asked) == known(folder, asked)
    index_write.add(folder, [rows({"t3": theirs["t3"]})])  # the text itself takes its place
    assert ids(known(folder, {"x": theirs["t3"]})[0]) == {"t3": "identical"}
    assert stats(open_index(folder))["signature_only"] == 19
    index_write.remove(folder, list(theirs))
    assert stats(open_index(folder))["signature_only"] == 0


def test_most_copies_are_found_by_signature_alone(tmp_path: Path) -> None:
    """What the bands promise: from an estimated similarity of .5 on, 995 of 1,000."""
    theirs = {f"t{n}": article(500 + n, 5) for n in range(60)}
    place = tmp_path / "i"
    frame = index_exchange.entries((name, sketch(text)) for name, text in theirs.items())
    index_write.add(place, [frame])
    asked = {name: edited(text, 3, 0.06) for name, text in theirs.items()}
    near = {n: sketch(theirs[n]).jaccard(sketch(asked[n])) for n in theirs}
    wanted = {name for name, similarity in near.items() if similarity >= 0.5}
    found = {seen.id for seen in known(place, asked) if seen.id in ids(seen)}
    assert len(wanted) > 20 and len(wanted - found) <= 1


def table(path: Path, **columns: object) -> Path:
    """A file as a stranger makes one."""
    signature = np.arange(128, dtype=np.uint32).tolist()
    values = {
        "id": ["a"],
        "hashvalues": [signature],
        "seed": [1],
        "scheme": ["affine32"],
        **columns,
    }
    pl.DataFrame({k: v for k, v in values.items() if v is not None}).write_parquet(path)
    return path


def test_a_strangers_file_needs_four_columns(tmp_path: Path) -> None:
    file = table(tmp_path / "a.parquet", title=["A title"], colour=["red"])
    assert index_write.add(tmp_path / "i", index_exchange.read(file)).added == 1
    assert set(holds(tmp_path / "i")) == {"a"}


WHOLE = {
    "words": [50], "letters": [300], "shingles": [46], "digest": [bytes(16)], "level": [3],
    "features": [[1, 2, 3]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"seed": None}, "no column seed; needed are id, hashvalues, seed, scheme"),
        ({"id": [None]}, "a document: it has no id"),
        ({"seed": [2]}, "'a': its signature is not of seed 1 and scheme affine32"),
        ({"seed": ["one"]}, "it cannot be read"),
        ({"scheme": ["legacy"]}, "'a': its signature is not of seed 1 and scheme affine32"),
        ({"hashvalues": [[1, 2, 3]]}, "'a': its signature does not have 128 values"),
        ({"hashvalues": [[None] * 128]}, "'a': its signature does not have 128 values"),
        ({"hashvalues": [[-1] * 128]}, "it cannot be read"),
        ({"hashvalues": [[1 << 40] * 128]}, "it cannot be read"),
        ({"hashvalues": ["many"]}, "it cannot be read"),
        ({**WHOLE, "digest": [b"short"]}, "'a': its fingerprint is not whole"),
        ({**WHOLE, "level": [-3]}, "'a': its fingerprint is not whole"),
        ({**WHOLE, "level": [None]}, "'a': its fingerprint is not whole"),
        ({**WHOLE, "letters": [-1]}, "'a': its fingerprint is not whole"),
        ({**WHOLE, "features": [[3, 2]]}, "'a': its features do not ascend"),
        ({**WHOLE, "features": [[-3, 2]]}, "'a': its features do not ascend"),
    ],
)
def test_what_means_nothing_here_is_refused(
    tmp_path: Path, columns: dict[str, object], sentence: str
) -> None:
    from audit.duplication import index_store

    if "features" in columns:
        columns = {**columns, "fingerprint": [index_store.scheme()]}
    file = table(tmp_path / "a.parquet", **columns)
    with pytest.raises(AuditError) as refused:
        index_write.add(tmp_path / "i", index_exchange.read(file))
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert not (tmp_path / "i").exists()


def test_a_fingerprint_of_another_version_is_left_out(tmp_path: Path) -> None:
    file = table(tmp_path / "a.parquet", **WHOLE, fingerprint=["another"])
    index_write.add(tmp_path / "i", index_exchange.read(file))
    assert stats(open_index(tmp_path / "i"))["signature_only"] == 1


def test_other_files_and_sketches_are_refused(tmp_path: Path) -> None:
    broken = table(tmp_path / "b.parquet")
    broken.write_bytes(broken.read_bytes()[:300] + bytes(50))
    (tmp_path / "c.pickle").write_bytes(b"\x80\x04N.")
    for file in (broken, tmp_path / "c.pickle", tmp_path / "none.parquet"):
        with pytest.raises(AuditError, match=file.name):
            list(index_exchange.read(file))
    for made in (sketch("a b", number=64), sketch("a b", seed=7), MinHash(scheme="legacy")):
        with pytest.raises(AuditError, match="'a': its signature"):
            index_exchange.entries([("a", made)])


def test_a_place_that_cannot_be_written_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="its folder does not exist"):
        index_exchange.write(open_index(folder), tmp_path / "none" / "a.parquet")
    with pytest.raises(AuditError, match="cannot be written"):
        index_exchange.write(open_index(folder), folder)
