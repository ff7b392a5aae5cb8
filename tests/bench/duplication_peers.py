"""One contender on one file, timed, in a process of its own; needs nothing but the contender.

``python duplication_peers.py NAME STEP FILE [THRESHOLD]`` prints JSON: processor and wall seconds
without reading and imports, peak memory in kB, and pairwise F1 where the step is the pipeline. The
step ``recall`` tells how many of the true pairs each of our stages keeps.
"""

import json
import os
import resource
import sys
import time
from collections import Counter


def shingles(text, size=5):
    words = text.lower().split()
    return {" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))}


def shingles_alone(texts):
    return [len(list(shingles(text))) for text in texts]


def datasketch_update(texts):
    from datasketch import MinHash

    made = []
    for text in texts:
        sketch = MinHash()
        for shingle in shingles(text):
            sketch.update(shingle.encode())
        made.append(sketch)
    return made


def datasketch_batch(texts):
    from datasketch import MinHash

    made = []
    for text in texts:
        sketch = MinHash()
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        made.append(sketch)
    return made


def rensa(texts):
    from rensa import RMinHash

    made = []
    for text in texts:
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(list(shingles(text)))
        made.append(sketch)
    return made


def ours(texts):
    from audit.duplication.fingerprint import fingerprint

    return fingerprint(texts)


def ours_alone(texts):
    import numpy as np

    from audit.duplication import fingerprint, kernels

    found = []
    for at in range(0, len(texts), 4000):
        source, offsets, table = fingerprint.utf8(texts[at : at + 4000])
        made = np.empty((len(offsets) - 1, 128), np.uint32)
        kernels.signatures(source, offsets, table, *fingerprint.permutations(), 5, made)
        found.append(made)
    return found


def joined(size, links):
    root = list(range(size))

    def find(n):
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for a, b in links:
        a, b = find(a), find(b)
        root[max(a, b)] = min(a, b)
    return [find(n) for n in range(size)]


def pipeline_datasketch_update(texts, threshold):
    return pipeline_datasketch(texts, threshold, datasketch_update)


def pipeline_datasketch(texts, threshold, signed=datasketch_batch):
    from datasketch import MinHashLSH

    sketches = signed(texts)
    index = MinHashLSH(threshold=threshold, num_perm=128)
    for n, sketch in enumerate(sketches):
        index.insert(n, sketch)
    return joined(
        len(texts), ((n, m) for n, s in enumerate(sketches) for m in index.query(s) if m < n)
    )


def pipeline_rensa(texts, threshold):
    from rensa import RMinHashLSH

    sketches = rensa(texts)
    index = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32)
    for n, sketch in enumerate(sketches):
        index.insert(n, sketch)
    links = (
        (n, m)
        for n, s in enumerate(sketches)
        for m in index.query(s)
        if m < n and s.jaccard(sketches[m]) >= threshold
    )
    return joined(len(texts), links)


def pipeline_gaoya(texts, threshold):
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, threshold, 42, 3, None, "word", True, (5, 5))
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    found = index.par_bulk_query(texts)
    return joined(len(texts), ((n, m) for n, hits in enumerate(found) for m in hits if m < n))


def pipeline_ours(texts, threshold):
    from audit.duplication.copies import copies_of

    threads = int(os.environ.get("NUMBA_NUM_THREADS", 1))
    found = copies_of([str(n) for n in range(len(texts))], texts, threads)
    label = list(range(len(texts)))
    for _, group, _ in found.clusters.iter_rows():
        for document in group:
            label[int(document)] = int(group[0])
    return label


def pairs(labels):
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def f1(found, truth):
    return 2 * pairs(zip(found, truth)) / max(1, pairs(found) + pairs(truth))  # noqa: B905


def recall(texts, truth):
    """Shares of the true pairs, of two different texts each, that our stages keep."""
    import polars as pl

    from audit.duplication import relate
    from audit.duplication.fingerprint import fingerprint

    frame = fingerprint(texts, 0).with_row_index("n").unique("digest", maintain_order=True)
    label = pl.Series(truth).gather(frame["n"])
    every = pairs(label)
    first, second = relate.candidates(frame)
    features = relate.weighted(frame, first, second)
    verified = relate.verify(features, first, second)[:, 0] >= relate.COPY
    same = label.to_numpy()[first] == label.to_numpy()[second]
    found = pipeline_ours(texts, 0)
    both = pairs(zip(found, truth))  # noqa: B905
    return {
        "candidates": float(same.sum() / every),
        "verified": float((same & verified).sum() / every),
        "clusters": both / pairs(truth),
        "precision": both / max(1, pairs(found)),
    }


def main(name, step, file, threshold="0.5"):
    texts, truth = [], []
    with open(file, encoding="utf-8") as lines:
        for line in lines:  # one at a time: what reading leaves behind is nobody's memory
            row = json.loads(line)
            texts.append(row["text"])
            truth.append(row["cluster"])
    if step == "recall":
        print(json.dumps(recall(texts, truth)))
        return
    function = globals()[f"pipeline_{name}" if step == "pipeline" else name]
    more = (float(threshold),) if step == "pipeline" else ()
    function(texts[:500], *more)  # imports and compiled code, all of it: some texts are copies
    wall, processor = time.perf_counter(), time.process_time()
    found = function(texts, *more)
    result = {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "rows": len(texts),
    }
    if step == "pipeline":
        result["f1"] = f1(found, truth)
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
