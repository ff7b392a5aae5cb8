"""Fingerprints: datasketch bit for bit, whatever the script, the batch or the disguise."""

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import frames
from audit.duplication import fold
from audit.duplication.fingerprint import fingerprint, signatures

STORY = (
    "The reservoir above Tarn fell to a third of its volume in August, the water company said, "
    "and 12,400 households were asked to stop watering their gardens until the autumn rains."
)
SAMPLES = [
    "",
    "Hi.",
    STORY,
    STORY.upper(),
    "Директор завода Пётр Орлов заявил, что новый цех откроют 3 марта, а не осенью.",
    "市长宣布新桥将于三月开放通行，但工程师表示检查尚未完成。",
    "قال المدير إن المصنع الجديد سيفتح أبوابه في الربيع المقبل بعد تأخير طويل",
    "นายกเทศมนตรีประกาศว่าสะพานใหม่จะเปิดในเดือนมีนาคม",
    "a" * 500 + " " + "b" * 70 + " c d e f " + "ﬁne ½ ｆｕｌｌ",
    "x " * 3000,
]


def reference(text: str, number: int = 128) -> np.ndarray:
    sketch = MinHash(num_perm=number)
    sketch.update_batch([s.encode("utf-8", "surrogatepass") for s in fold.shingles(text)])
    return sketch.hashvalues


def test_signatures_are_those_of_datasketch():
    found = signatures(fingerprint(SAMPLES))
    for text, row in zip(SAMPLES, found, strict=True):
        assert (row == reference(text)).all()
    assert (signatures(fingerprint([STORY], 256))[0] == reference(STORY, 256)).all()


@settings(max_examples=60, deadline=None)  # the first call compiles
@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_text_has_the_signature_of_datasketch(texts):
    frame = fingerprint(texts)
    assert dict(frame.schema) == frames.FINGERPRINT
    for text, row in zip(texts, signatures(frame), strict=True):
        assert (row == reference(text)).all()


def test_the_batch_changes_nothing():
    whole = fingerprint(SAMPLES)
    assert whole.equals(fingerprint(SAMPLES[:3]).vstack(fingerprint(SAMPLES[3:])))


@pytest.mark.parametrize(
    "disguise",
    [
        lambda t: t.replace("e", "е").replace("a", "а").replace("o", "ο"),  # other alphabets
        lambda t: "\u200b".join(t),
        lambda t: "".join(c + "\u0301" if c in "aeiou" else c for c in t),
        lambda t: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in t),  # full width
        str.upper,
        lambda t: t.replace(" ", "\n\n  ").replace(",", " – "),
    ],
)
def test_disguise_changes_no_digest(disguise):
    first, second = fingerprint([STORY.replace(",400", " 400"), disguise(STORY)])["digest"]
    assert disguise(STORY) != STORY and (first == second or fold.words(disguise(STORY)) == [])


def test_features_are_sampled_by_hash_ascending_and_few():
    long = " ".join(f"{STORY} number {n}" for n in range(400))
    frame = fingerprint([STORY, long])
    for values, level in frame.select("features", "level").iter_rows():
        assert values == sorted(set(values)) and 40 < len(values) <= 400
        assert all(0 <= v < 1 << (63 - level) for v in values)
    assert frame["bands"][0].to_list() == frame["features"][0].to_list()[:32]


def test_a_short_text_says_so():
    assert fingerprint(["Rain.", STORY])["short"].to_list() == [True, False]


@given(st.text(max_size=80))
def test_folding_yields_letters_and_digits(text):
    for word in fold.words(text):
        assert word and " " not in word
        assert fold.words(word) == fold.words(" ".join([word]))


def test_a_row_loads_as_a_minhash_of_datasketch():
    from datasketch import MinHash

    from audit.duplication.fingerprint import fingerprint, minhash
    from audit.duplication.fold import shingles

    text = "The ferry to the island left an hour late on Sunday because of fog in the harbour."
    theirs = MinHash()
    for shingle in shingles(text):
        theirs.update(shingle.encode())
    ours = minhash(fingerprint([text])["signature"][0])
    assert ours.jaccard(theirs) == 1.0 and (ours.hashvalues == theirs.hashvalues).all()
