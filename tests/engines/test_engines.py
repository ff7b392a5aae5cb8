"""The verbs, held to plain polars on both engines."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import frames
from audit.engines import Engine, WorkerError, local, open_engine, spark, tables
from audit.engines.local import LocalEngine
from audit.model import AuditError
from tests.engines import functions as f


@pytest.fixture(scope="module", params=["local", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "spark":
        if importlib.util.find_spec("pyspark") is None:
            pytest.skip("pyspark is not installed")
        if shutil.which("java") is None:
            pytest.skip("Java is not installed")
    with open_engine(request.param, 2) as opened:
        yield opened


def docs(rows: int = 1000, keys: int = 13) -> pl.DataFrame:
    """Texts of many lengths, some empty or in other scripts; every fifth row has no key."""
    words = ["harbour ", "čaj ", "水 ", "\x00\x1b", "😀"]
    return pl.DataFrame(
        {
            "id": [f"d{i:05}" for i in range(rows)],
            "text": [words[i % 5] * (i % 7) for i in range(rows)],
            "key": [None if i % 5 == 0 else i * i % keys for i in range(rows)],
        },
        schema=f.DOCS,
    )


def grouped(given: pl.DataFrame) -> list[tuple[int, int, list[str]]]:
    """What ``functions.groups`` is to return, whatever the calls were."""
    known = given.filter(pl.col("key").is_not_null()).sort("key", "id")
    found = known.group_by("key", maintain_order=True).agg(pl.len().alias("n"), pl.col("id"))
    return found.rows()


def test_map_is_the_function_applied(engine: Engine) -> None:
    table = engine.read(docs().iter_slices(77), f.DOCS)
    found = engine.collect(engine.map(table, f.lengths, f.LENGTHS))
    assert found.sort("id").equals(frames.conform(f.lengths(docs()), f.LENGTHS))


def test_maps_chain_and_a_table_can_be_used_twice(engine: Engine) -> None:
    table = engine.read(docs().iter_slices(300), f.DOCS)
    loud = engine.keep(engine.map(table, partial(f.shout, suffix="!"), f.DOCS))
    want = f.shout(docs(), suffix="!")
    assert engine.collect(loud).sort("id").equals(want)
    assert pl.concat(engine.batches(loud)).sort("id").equals(want)
    found = engine.collect(engine.map(loud, f.lengths, f.LENGTHS))
    assert found["length"].sum() == want["text"].str.len_chars().sum()


@pytest.mark.parametrize("keys", [1, 13, 10_000])
def test_all_rows_of_a_key_come_in_one_call(engine: Engine, keys: int) -> None:
    given = docs(6000, keys)
    table = engine.read(given.sample(fraction=1, shuffle=True, seed=3).iter_slices(500), f.DOCS)
    found = engine.collect(engine.map(table, f.groups, f.GROUPS, by="key")).sort("key")
    assert found.select("key", "rows", "ids").rows() == grouped(given)


@pytest.mark.parametrize("how", ["inner", "left", "semi", "anti"])
def test_join_is_that_of_polars(engine: Engine, how: str) -> None:
    right = pl.DataFrame({"key": [0, 1, 1, 4, None], "name": ["a", "b", "c", "d", "e"]})
    tables = engine.read([docs()], f.DOCS), engine.read([right], dict(right.schema))
    found = engine.collect(engine.join(*tables, on="key", how=how))
    want = docs().join(right, on="key", how=how)  # type: ignore[arg-type]
    assert found.columns == want.columns
    assert found.sort(found.columns).equals(want.sort(want.columns))


def test_join_refuses_columns_of_both_tables(engine: Engine) -> None:
    table = engine.read([docs(10)], f.DOCS)
    with pytest.raises(ValueError, match="have key, text"):
        engine.join(table, table, on="id")


def test_a_table_may_be_empty_and_nested(engine: Engine) -> None:
    for schema in (frames.DOCS, frames.MEASURED, frames.PAIRS, frames.CLUSTERS):
        table = engine.read([], schema)
        for by in (None, next(iter(schema))):
            found = engine.collect(engine.map(table, f.failing, schema, by=by))
            assert found.equals(frames.empty(schema))
            assert dict(found.schema) == schema


def test_nested_columns_come_back_as_they_were(engine: Engine) -> None:
    first = {"document": "d1", "basis": "date", "certainty": 0.5}
    rows = [
        {"id": "c1", "documents": ["d1", "d2"], "first": first},
        {"id": "c2", "documents": [], "first": None},
        {"id": "c3", "documents": None, "first": {**first, "basis": None}},
    ]
    given = pl.DataFrame(rows, schema=frames.CLUSTERS)
    table = engine.read([given], frames.CLUSTERS)
    found = engine.collect(engine.map(table, f.same, frames.CLUSTERS, by="id"))
    assert found.sort("id").equals(given)


def test_a_failing_function_is_named_with_its_rows(engine: Engine) -> None:
    table = engine.read([docs(3)], f.DOCS)
    with pytest.raises(WorkerError, match=r"functions\.failing failed on id d0.*the moon is full"):
        engine.collect(engine.map(table, f.failing, f.LENGTHS))


def test_a_refusal_keeps_its_sentence(engine: Engine) -> None:
    table = engine.read([docs(3)], f.DOCS)
    with pytest.raises(AuditError, match=r"^a sentence for the user$"):
        engine.collect(engine.map(table, f.refusing, f.LENGTHS))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_no_cut_changes_a_row_or_the_order(data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, 120))
    texts = st.text(st.characters(codec="utf-8"), max_size=12)
    given_ = pl.DataFrame(
        {
            "id": [str(number) for number in range(rows)],
            "text": data.draw(st.lists(texts, min_size=rows, max_size=rows)),
            "key": data.draw(
                st.lists(st.none() | st.integers(-3, 9), min_size=rows, max_size=rows)
            ),
        },
        schema=f.DOCS,
    )
    sizes = data.draw(st.tuples(*[st.integers(1, 60)] * 5))
    with pytest.MonkeyPatch.context() as patch, LocalEngine(1, rows=sizes[0]) as small:
        patch.setattr(tables, "SIZE", 4 * sizes[2])
        patch.setattr(tables, "RANGE", 40 * sizes[3])
        patch.setattr(tables.Store.__init__, "__defaults__", (20 * sizes[4],))
        table = small.read(given_.iter_slices(sizes[1]), f.DOCS)
        assert small.collect(table).equals(given_)
        found = small.collect(small.map(table, f.lengths, f.LENGTHS))
        assert found.equals(frames.conform(f.lengths(given_), f.LENGTHS))
        mixed = given_.sample(fraction=1, shuffle=True, seed=1)
        again = small.read(mixed.iter_slices(sizes[1]), f.DOCS)
        keyed = small.collect(small.map(again, f.groups, f.GROUPS, by="key"))
        known = given_.filter(pl.col("key").is_not_null()).sort("key", "id", "text")
        want = known.group_by("key", maintain_order=True).agg(pl.len().alias("n"), pl.col("id"))
        assert keyed.select("key", "rows", "ids").rows() == want.rows()
        both = small.join(table, small.map(table, f.groups, f.GROUPS, by="key"), "key", "left")
        joined = small.collect(both)
        assert joined["id"].to_list() == given_.sort("key", maintain_order=True)["id"].to_list()
        per_key = {key: rows for key, rows, _ in want.rows()}
        assert joined["rows"].to_list() == [per_key.get(key) for key in joined["key"]]


@pytest.mark.parametrize("patience", [-1.0, 1e9])
def test_workers_give_the_same_rows_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr(local, "PATIENCE", patience)
    given = docs()
    with LocalEngine(2, rows=50) as two:
        table = two.read(given.iter_slices(70), f.DOCS)
        found = two.collect(two.map(table, f.lengths, f.LENGTHS))
        assert found.equals(frames.conform(f.lengths(given), f.LENGTHS))
        keyed = two.collect(two.map(table, f.groups, f.GROUPS, by="key"))
        assert keyed.select("key", "rows", "ids").rows() == grouped(given)
        nested = two.map(two.map(table, partial(f.shout, suffix="?"), f.DOCS), f.process, f.LENGTHS)
        processes = two.collect(nested)
        assert processes["id"].equals(given["id"])
        assert (two._pool is None) == (patience > 0)
        assert processes["length"].n_unique() <= 2


def test_a_giant_row_travels_alone() -> None:
    texts = ["a", "b", "x" * (tables.SIZE + 1), "c"]
    giant = pl.DataFrame({"id": list("abcd"), "text": texts})
    assert [batch.height for batch in tables.rebatch([giant], 256)] == [2, 1, 1]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_what_a_filter_leaves_does_not_hold_what_it_drops() -> None:
    code = """
import polars as pl
from pathlib import Path
from audit.engines.local import LocalEngine
from tests.engines import functions as f

def batches():
    for at in range(40):
        ids = [f"{at}-{row}" for row in range(256)]
        yield pl.DataFrame({"id": ids, "text": ["long text " * 1000] * 256, "key": [1] * 256})

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 >> 10

with LocalEngine(jobs=1) as engine:
    table = engine.read(batches(), f.DOCS)
    before = resident()
    kept = engine.collect(engine.map(table, f.one, f.DOCS)), engine.keep(
        engine.map(table, f.one, f.DOCS)
    )
    assert 0 < kept[0].height < 400
    print(resident() - before)
"""
    grown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(grown.stdout) < 80  # MB: the table is 100, and was held whole


def test_an_engine_is_opened_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_engine("local", 3) as three:
        assert isinstance(three, LocalEngine)
        assert three.jobs == 3
    for name in ("dask", "local:4", ""):
        with pytest.raises(AuditError, match="no engine is named"):
            open_engine(name, 1)
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    with pytest.raises(AuditError, match=r"pip install 'source-audit\[spark\]'"):
        open_engine("spark", 1)
    monkeypatch.setattr(spark, "find_spec", lambda name: name)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(AuditError, match="needs Java"):
        open_engine("spark:local[2]", 1)
