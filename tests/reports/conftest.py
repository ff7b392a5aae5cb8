"""A small report with hostile text in every place where article text can stand."""

import pytest

from audit import model
from audit.model import Report, Score

EVIL = '<script>alert(1)</script>\x1b[31m[/x]\u202e"&\x00=cmd|calc'


@pytest.fixture
def report() -> Report:
    text = f"The mill {EVIL} closed in May. It closed in May."
    at = text.index("closed")
    finding = model.Finding(
        id="f1",
        document="a.txt",
        rule="some-rule",
        family="grammar",
        group="language",
        severity=3,
        start=at,
        end=at + 6,
        quote="closed",
        message=f"Look here {EVIL}",
        confidence=0.9,
    )
    scored = Score(71.5, 60.0, 83.0, "scored")
    short = Score(None, None, None, "insufficient")
    quote_a = model.Quote(0, 8, "a.txt", f"closed in May {EVIL}")
    quote_b = model.Quote(0, 8, "b.txt", "closed in June")
    span = model.Span(0, len(text))
    pair = model.Pair(
        a="a.txt",
        b="b.txt",
        relation="altered-copy",
        credited=True,
        similarity=0.83,
        contained=model.Contained(0.9, 0.91),
        translated="b.txt",
        translation_margin=0.4,
        passages=[model.Passage(span, span, "edited")],
        altered=[
            model.Altered(
                "date", model.TextSpan(at + 10, at + 13, "May"), model.TextSpan(at, at + 3, "Jun")
            )
        ],
    )
    return Report(
        schema_version=model.SCHEMA_VERSION,
        run=model.Run("source-audit 0", "f", "r", "s", [f"in {EVIL}"]),
        summary=model.Summary(
            sentence=f"2 documents {EVIL}.",
            files=model.FileCounts(3, 2, 1),
            documents=model.DocumentCounts(3, 2, 1, 0),
            gate=model.Gate(False, ["conflicts<=0"], ["conflicts 1, limit conflicts<=0"]),
        ),
        sources=[
            model.Source(
                id=f"s{EVIL}",
                name=f"source {EVIL} " + "long " * 40,
                documents=2,
                effective=1.0,
                borrowed_share=0.5,
                scores=model.Scores(scored, scored, short, short, short, scored),
                contributions=[model.Contribution("reliability", "usual", 7150, f"why {EVIL}")],
                check_first=[
                    model.CheckFirst(f"why {EVIL}", "a.txt", f"quote {EVIL}", 0, 4, confidence=0.9)
                ],
            )
        ],
        documents=[
            model.Document(
                "a.txt", f"s{EVIL}", "audited", title=f"T {EVIL}", words=9, text=text, findings=1
            ),
            model.Document("b.txt", "s", "audited", words=9, text=text.replace("May", "Jun")),
            model.Document("c.txt", None, "skipped", reason=f"empty {EVIL}"),
        ],
        findings=[finding],
        clusters=[
            model.Cluster("c1", ["a.txt", "b.txt"], [pair], model.First("a.txt", "date", 0.9))
        ],
        events=[
            model.Event(
                "e1",
                f"the mill {EVIL}",
                [],
                "conflict",
                [
                    model.Comparison(
                        "closure", "date", f"why {EVIL}", 0.9, quote_a, quote_b, "conflict"
                    )
                ],
                2,
            )
        ],
        errors=[model.InputError(f"bad {EVIL}.txt", f"reason {EVIL}")],
        truncated={"findings": 3},
    )
