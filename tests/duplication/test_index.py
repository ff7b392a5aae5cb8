"""The index: what was put in is found, however it was put in, and what was taken out is not.

Long, for each way in is followed by the same ways to look.
"""

from __future__ import annotations

import itertools
import random
import shutil
import tempfile
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.duplication import (
    index_check,
    index_near,
    index_store,
    index_write,
    segments,
    segments_write,
)
from audit.duplication.compare import compare_texts
from audit.duplication.index import open_index, stats
from audit.model import AuditError
from tests.duplication.indexes import holds, ids, known, rows
from tests.duplication.test_copies import article, edited

TEXTS = {f"d{n}": article(n) for n in range(12)}
SHORT = "The library stays shut on Friday."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of twelve articles, put in by threes."""
    place = tmp_path_factory.mktemp("made") / "articles.index"
    names = list(TEXTS)
    for n in range(0, 12, 3):
        index_write.add(place, [rows({name: TEXTS[name] for name in names[n : n + 3]})])
    return place


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return Path(shutil.copytree(made, tmp_path / "articles.index"))


def test_copies_are_found_and_told_apart(folder: Path) -> None:
    words = TEXTS["d3"].split()
    asked = {
        "identical": TEXTS["d1"].upper(),
        "copy": edited(TEXTS["d2"], 2),
        "contained": " ".join(words[: len(words) // 3]),
        "contains": TEXTS["d4"] + " " + article(90) + " " + article(91),
        "nothing": article(92),
    }
    for relation, seen in zip(asked, known(folder, asked), strict=True):
        found = seen.known
        if relation == "nothing":
            assert found == []
            continue
        assert [k.relation for k in found] == [relation]
        assert found[0].by == ("words" if relation == "identical" else "fingerprint")
        assert found[0].source == "gazette" and found[0].published == "2021-03-01"


def test_estimates_are_near_what_the_texts_tell(folder: Path) -> None:
    copy = edited(TEXTS["d5"], 3)
    (seen,) = known(folder, {"x": copy})
    told = compare_texts(copy, TEXTS["d5"])
    assert seen.known[0].similarity == pytest.approx(told.similarity, abs=0.14)
    halves = {name: text[: len(text) // 2] for name, text in TEXTS.items()}
    shares = []
    for seen in known(folder, halves):
        (found,) = seen.known
        assert found.id == seen.id and found.contained and found.contained.document > 0.95
        shares.append(found.contained.known)
    assert np.mean(shares) == pytest.approx(0.5, abs=0.05)


def test_a_round_up_of_two_known_articles_is_told(folder: Path) -> None:
    (seen,) = known(folder, {"x": TEXTS["d7"] + " " + TEXTS["d8"]})
    assert ids(seen) == {"d7": "round-up", "d8": "round-up"}


def test_short_and_empty_texts_are_found_if_identical(folder: Path) -> None:
    index_write.add(folder, [rows({"s": SHORT, "e": "—"})])
    short, other, empty = known(folder, {"a": SHORT.upper(), "b": SHORT + " Sorry.", "c": "?"})
    assert ids(short) == {"s": "identical"} and short.short
    assert ids(other) == {} and other.short
    assert ids(empty) == {}


def test_texts_of_few_letters_over_and_over_are_found_by_a_single_key(tmp_path: Path) -> None:
    index_write.add(tmp_path / "i", [rows({"a": "ha" * 40 + " no", "b": "x" * 300})])
    many, one = known(tmp_path / "i", {"p": "ha" * 60 + " no", "q": "x" * 200})
    assert (ids(many), ids(one)) == ({"a": "copy"}, {"b": "copy"})


def test_the_same_again_changes_nothing_and_a_new_text_takes_its_place(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = index_write.add(folder, [rows(TEXTS)])
    assert done == index_write.Added(added=0, replaced=0, unchanged=12)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    done = index_write.add(folder, [rows({**TEXTS, "d1": article(50), "new": article(51)})])
    assert done == index_write.Added(added=1, replaced=1, unchanged=11)
    old, new = known(folder, {"x": TEXTS["d1"], "y": article(50)})
    assert (ids(old), ids(new)) == ({}, {"d1": "identical"})
    done = index_write.add(folder, [rows({"d2": TEXTS["d2"]}, source="courier")])
    assert done == index_write.Added(added=0, replaced=1, unchanged=0)
    assert known(folder, {"x": TEXTS["d2"]})[0].known[0].source == "courier"
    assert len(holds(folder)) == 13


def test_of_one_id_given_twice_the_last_one_stays(tmp_path: Path) -> None:
    frame = rows({"a": TEXTS["d1"]}).vstack(rows({"a": TEXTS["d2"]}))
    assert index_write.add(tmp_path / "i", [frame]).added == 1
    assert ids(known(tmp_path / "i", {"x": TEXTS["d2"]})[0]) == {"a": "identical"}


def test_what_is_removed_is_gone_and_takes_no_room_for_long(folder: Path) -> None:
    with pytest.raises(AuditError, match="not in the index: d99, nobody; nothing was removed"):
        index_write.remove(folder, ["d1", "nobody", "d99"])
    assert len(holds(folder)) == 12
    assert index_write.remove(folder, ["d1", "d2", "d1"]) == 2
    assert set(holds(folder)) == {*TEXTS} - {"d1", "d2"}
    assert [ids(seen) for seen in known(folder, {"x": TEXTS["d1"]})] == [{}]
    assert stats(open_index(folder))["removed"] == 2
    index_write.remove(folder, [f"d{n}" for n in range(3, 9)])
    assert stats(open_index(folder))["removed"] == 0
    assert set(holds(folder)) == {"d0", "d9", "d10", "d11"}
    assert index_write.remove(folder, ["d0", "d9", "d10", "d11"]) == 4
    assert stats(open_index(folder))["documents"] == 0
    assert ids(known(folder, {"x": TEXTS["d9"]})[0]) == {}
    assert index_write.add(folder, [rows({"d9": TEXTS["d9"]})]).added == 1
    assert ids(known(folder, {"x": TEXTS["d9"]})[0]) == {"d9": "identical"}


def test_segments_stay_few_and_figures_are_those_of_the_disk(folder: Path) -> None:
    for n in range(40):
        index_write.add(folder, [rows({f"m{n}": SHORT + f" {n}"})])
    found = stats(open_index(folder))
    assert found["documents"] == 52 and found["segments"] <= 3 * 4
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert (found["bytes"], found["bytes_a_document"]) == (size, round(size / 52, 1))
    assert found["words"] == sum(rows(TEXTS)["words"]) + 40 * 7


def test_who_reads_sees_the_index_as_it_was_opened(folder: Path) -> None:
    opened = open_index(folder)
    index_write.remove(folder, list(TEXTS))
    index_write.add(folder, [rows({f"n{k}": article(k + 60)}) for k in range(3)])
    seen = index_check.check(opened, rows({"x": TEXTS["d3"]}))
    assert ids(seen[0]) == {"d3": "identical"}
    assert len(open_index(folder).segments) == 1


# However it was put in ----

FAMILY = {
    "a": TEXTS["d0"],
    "a again": TEXTS["d0"],
    "a edited": edited(TEXTS["d0"], 5),
    "a cut": TEXTS["d0"][: len(TEXTS["d0"]) // 2],
    "b": TEXTS["d1"],
    "b edited": edited(TEXTS["d1"], 6),
    "a and b": TEXTS["d0"] + " " + TEXTS["d1"],
    "c": TEXTS["d2"],
    "short": SHORT,
}
ASKED = {**FAMILY, "new": article(70), "a once more": edited(TEXTS["d0"], 8)}


@settings(max_examples=8, deadline=None)
@given(st.permutations(sorted(FAMILY)), st.lists(st.integers(0, len(FAMILY)), max_size=5))
def test_order_and_segments_change_nothing(order: list[str], cuts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        whole, parted = Path(scratch, "whole"), Path(scratch, "parted")
        index_write.add(whole, [rows(FAMILY)])
        limits = [0, *sorted(cuts), len(order)]
        for start, stop in itertools.pairwise(limits):
            part = {name: FAMILY[name] for name in order[start:stop]}
            if part:
                index_write.add(parted, [rows({**part, "gone": article(80 + start)})])
        index_write.remove(parted, ["gone"])
        assert known(parted, ASKED) == known(whole, ASKED)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=6))
def test_every_exact_copy_is_found(texts: list[str]) -> None:
    documents = {str(n): text for n, text in enumerate(texts)}
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch, "index")
        index_write.add(place, [rows({name: text}) for name, text in documents.items()])
        wanted = rows(documents)
        letters = wanted["letters"]
        for n, seen in enumerate(known(place, documents)):
            same = {
                str(k)
                for k in range(len(texts))
                if letters[n] and wanted["digest"][k] == wanted["digest"][n]
            }
            assert {name for name, what in ids(seen).items() if what == "identical"} == same


def test_a_crowd_that_shares_its_keys_hides_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty stories between the same long head and tail: the right one is among those verified."""
    monkeypatch.setattr(index_near, "CANDIDATES", 10)
    monkeypatch.setattr(index_near, "STEP", 5)
    head, tail = article(200), article(201)
    crowd = {f"c{n}": f"{head} {article(300 + n)} {tail}" for n in range(60)}
    index_write.add(tmp_path / "i", [rows(crowd)])
    (seen,) = known(tmp_path / "i", {"x": f"{head} {edited(article(317), 4)} {tail}"})
    assert seen.known[0].id == "c17" and seen.unverified >= 40


# The files ----


@pytest.mark.parametrize("spread", [0, 1 << 16])
def test_keys_are_found_by_fences_as_without(spread: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "SPREAD", spread)
    pick = np.random.default_rng(3)
    for size in (0, 1, 511, 512, 513, 5000):
        held = np.sort(pick.integers(0, max(size // 3, 1), size).astype(np.uint64) * np.uint64(7))
        held[size // 2 : size // 2 + size // 4] = held[size // 2] if size else 0
        held.sort()
        none = np.zeros(0, np.uint8)
        names = dict.fromkeys(segments.ARRAYS, none) | {
            "keys": held,
            "fences": held[:: segments.BLOCK],
        }
        segment = segments.Segment(Path("x"), **names, dead=none)
        asked = np.unique(np.concatenate([held[::97], pick.integers(0, 9000, 40), [0, 2**63]]))
        asked = asked.astype(np.uint64)
        starts, ends = segments.find(segment, asked)
        there = np.isin(asked, held)
        assert (ends[~there] == starts[~there]).all()
        assert (starts[there] == np.searchsorted(held, asked[there], "left")).all()
        assert (ends[there] == np.searchsorted(held, asked[there], "right")).all()


def test_merging_in_small_steps_is_merging_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_write.remove(folder, ["d4"])
    index_write.add(folder, [rows({f"s{n}": SHORT + f" {n}" for n in range(9)})])
    opened = open_index(folder)
    segments_write.merge(tmp_path / "once", opened.segments)
    monkeypatch.setattr(segments_write, "MERGED", 16)
    monkeypatch.setattr(segments_write, "COPIED", 2)
    segments_write.merge(tmp_path / "steps", opened.segments)
    assert (tmp_path / "steps").read_bytes() == (tmp_path / "once").read_bytes()


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x55
    path.write_bytes(content)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(path.read_bytes() + b"x"),
        lambda path: path.write_bytes(bytes(path.stat().st_size)),
        lambda path: _flip(path, -4 if path.suffix == ".removed" else -60),
    ],
)
@pytest.mark.parametrize("ending", ["segment", "manifest", "removed"])
def test_damage_is_a_sentence(folder: Path, harm, ending: str) -> None:
    index_write.remove(folder, ["d4"])
    harm(max(path for path in folder.iterdir() if path.name.endswith(ending)))
    with pytest.raises(AuditError) as refused:
        known(folder, {"x": TEXTS["d3"]})
    said = str(refused.value)
    assert refused.value.code == 2 and str(folder) in said and "\n" not in said
    with pytest.raises(AuditError):
        index_write.add(folder, [rows({"x": TEXTS["d3"]})])
    assert any(path.name.endswith(".segment") for path in folder.iterdir()) or ending == "segment"


def test_damage_inside_is_told_or_harmless_and_verify_finds_it(folder: Path) -> None:
    path = max(folder.glob("*.segment"))
    whole, pick = path.read_bytes(), random.Random(4)
    opened = open_index(folder)
    written = [segments.Written(p.bytes, p.digest) for p in opened.manifest.parts]
    assert len(written) == 1
    places, _ = segments.contents(path, written[0])
    for name, (at, count, _) in places.items():
        dtype, width = segments.ARRAYS[name]
        for _ in range(3):
            _flip(path, at + pick.randrange(count * width * np.dtype(dtype).itemsize))
            try:
                known(folder, ASKED)
                index_write.locate(open_index(folder).segments, list(TEXTS))
            except AuditError as error:
                assert "damaged" in str(error)
            with pytest.raises(AuditError, match=f"its {name} are not as they were written"):
                segments.verify(path, written[0])
            path.write_bytes(whole)
    segments.verify(path, written[0])


def test_an_index_of_another_format_or_other_fingerprints_is_refused(folder: Path) -> None:
    manifest = index_store.load(folder)
    index_store.save(folder, msgspec.structs.replace(manifest, fingerprint="other"))
    for call in (lambda: known(folder, ASKED), lambda: index_write.add(folder, [rows(ASKED)])):
        with pytest.raises(AuditError, match="makes other fingerprints than those in the index"):
            call()
    index_store.save(folder, msgspec.structs.replace(manifest, format=2))
    with pytest.raises(AuditError, match="an index of format 2"):
        open_index(folder)


def test_a_folder_of_other_things_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(AuditError, match="other files in it, and no index"):
        index_write.add(tmp_path, [rows({"a": SHORT})])
    with pytest.raises(AuditError, match="no index there"):
        open_index(tmp_path)
    with pytest.raises(AuditError, match="its folder does not exist"):
        index_write.add(tmp_path / "none" / "index", [rows({"a": SHORT})])
    with pytest.raises(AuditError, match="cannot be"):
        index_write.add(tmp_path / "notes.txt", [rows({"a": SHORT})])
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
