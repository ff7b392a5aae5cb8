"""One contender on one file, timed, in a process of its own; needs nothing but the contender.

``python duplication_peers.py NAME STEP FILE [THRESHOLD]`` prints JSON: processor and wall seconds
without reading and imports, peak memory in kB, and pairwise F1 where the step is the pipeline.
"""

import json
import resource
import sys
import time
from collections import Counter


def shingles(text, size=5):
    words = text.lower().split()
    return {" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))}


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


def pipeline_datasketch(texts, threshold):
    from datasketch import MinHashLSH

    sketches = datasketch_batch(texts)
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

    found = copies_of([str(n) for n in range(len(texts))], texts)
    label = list(range(len(texts)))
    for _, group, _ in found.clusters.iter_rows():
        for document in group:
            label[int(document)] = int(group[0])
    return label


def f1(found, truth):
    def pairs(labels):
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    return 2 * pairs(zip(found, truth)) / max(1, pairs(found) + pairs(truth))  # noqa: B905


def main(name, step, file, threshold="0.5"):
    with open(file, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows]
    function = globals()[f"pipeline_{name}" if step == "pipeline" else name]
    more = (float(threshold),) if step == "pipeline" else ()
    function(texts[:20], *more)  # imports and compiled code
    wall, processor = time.perf_counter(), time.process_time()
    found = function(texts, *more)
    result = {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "rows": len(rows),
    }
    if step == "pipeline":
        result["f1"] = f1(found, [row["cluster"] for row in rows])
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
