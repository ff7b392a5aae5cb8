"""The alignment: every word told once, equal means equal, moved passages found."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from audit import model
from audit.duplication.align import align
from audit.duplication.passages import covered, passages
from audit.duplication.units import units
from audit.tokens import Text

ONE = (
    "The ferry to Hollen Island will sail twice a day from June, the harbour board said. "
    "Tickets cost 14 crowns and children travel free. "
    "The old boat, built in 1961, goes to a museum in Varde, where it can be seen from autumn."
)


def told(a: str, b: str) -> list[tuple[str, str, str]]:
    return [(op, a[i:i2], b[j:j2]) for op, i, i2, j, j2 in align(Text(a), Text(b))]


def test_one_changed_word_is_one_replacement():
    changed = ONE.replace("14 crowns", "19 crowns")
    assert [x for x in told(ONE, changed) if x[0] != "equal"] == [("replace", "14", "19")]


def test_words_put_in_and_left_out():
    changed = ONE.replace("old boat", "old wooden boat").replace(" from autumn", "")
    assert [x for x in told(ONE, changed) if x[0] != "equal"] == [
        ("insert", "", "wooden"),
        ("delete", "from autumn", ""),
    ]


def test_a_sentence_that_moved_is_still_equal():
    first, second, third = ONE.split(". ")
    changed = f"{third} {first}. {second}."
    equal = [a for op, a, _ in told(ONE, changed) if op == "equal"]
    assert sum(len(x) for x in equal) > len(ONE) - 12


def test_case_and_typography_are_no_change():
    assert [x[0] for x in told('He said "no" - twice', "HE SAID “NO” – TWICE")] == ["equal"]


def test_scripts_without_spaces_align_by_character():
    assert ("replace", "三", "七") in told(
        "市长宣布新桥将于三月开放通行。", "市长宣布新桥将于七月开放通行。"
    )


words = st.lists(st.sampled_from("ab cd ef gh ij kl x y z 1 2".split()), max_size=60)


@given(words, words)
def test_every_word_is_told_once_and_equal_means_equal(left, right):
    a, b = Text(" ".join(left)), Text(" ".join(right))
    ops = align(a, b)
    for text, lo, hi in ((a, 1, 2), (b, 3, 4)):
        spans = sorted((op[lo], op[hi]) for op in ops if op[hi] > op[lo])
        assert all(x[1] <= y[0] for x, y in pairwise(spans))
        for start, end in units(text).tolist():
            assert sum(s <= start and end <= e for s, e in spans) == 1
    for op, i, i2, j, j2 in ops:
        assert (op == "equal") == (a.raw[i:i2] == b.raw[j:j2] != "")
        assert (i2 > i) == (op != "insert") and (j2 > j) == (op != "delete")


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_aligns(left, right):
    for op, i, i2, j, j2 in align(Text(left), Text(right)):
        assert 0 <= i <= i2 <= len(left) and 0 <= j <= j2 <= len(right) and op


def test_long_and_repetitive_texts_cost_their_length():
    text = "no " * 200_000
    assert told(text, text + "yes")[0][0] == "equal"


def test_passages_are_edited_or_verbatim_with_offsets_in_both():
    a = "A note from the desk. " + ONE + " Elsewhere it rained."
    b = "Ferries\n\n" + ONE.replace("14 crowns", "19 crowns")
    (passage,) = passages(a, b)
    assert passage.kind == "edited"
    assert a[passage.a.start : passage.a.end] == ONE[:-1]
    assert passages(ONE, ONE)[0].kind == "verbatim"
    assert passages(ONE, "Nothing of the kind was ever printed here by anyone at all.") == []


def test_what_passages_cover_is_told_with_and_without_quotations():
    speech = '"We looked at every boat on this coast and none can carry the load," she said.'
    a = Text(f"The board of the harbour met on Monday in the old town hall. {speech}")
    b = Text(f"Nobody else in the council wanted to speak about the ferry. {speech}")
    spans = [model.Span(t.raw.index('"'), len(t.raw)) for t in (a, b)]
    quoted = [[(t.raw.index('"'), t.raw.rindex('"') + 1)] for t in (a, b)]
    shares = covered(a, b, [model.Passage(*spans, "verbatim")], *quoted)
    assert shares.a == round(16 / 29, 4) and shares.b == round(16 / 27, 4)
    assert shares.unquoted_a == round(2 / 15, 4) and shares.unquoted_b == round(2 / 13, 4)
    assert covered(Text(""), b, [], [], []).unquoted_a is None
