"""Are the rules themselves right: their examples, their rate on clean text, their bounds.

Behind ``source-audit rules --check``, ``--bench`` and ``--lint``; every answer is a sentence that
names the file, the line and the rule's id, or a record of figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audit import model
from audit.article import Article
from audit.language.patterns import Machine, find, search
from audit.rules import Pattern, Rules, folder, marked, read
from audit.tokens import Text


def lint(folders: Iterable[str] = ()) -> list[str]:
    """Everything that keeps the shipped rules and those of the folders from being used."""
    return read((folder(), *map(Path, folders)))[1]


def check(rules: Rules) -> list[str]:
    """Every example that a rule gets wrong: a bad one missed or misplaced, a good one hit.

    Only the rule itself is run, wherever it applies: its scope is not part of the example.
    """
    return [problem for rule in rules.patterns for problem in _examples(rule)]


def _examples(rule: Pattern) -> list[str]:
    run = Machine((rule,))
    where = f"{rule.file}:{rule.line}: rule {rule.id}"
    problems = []
    for example in rule.bad:
        text, expected = marked(example)
        found = _found(run, text)
        if found != expected:
            told = ", ".join(repr(text[a:b]) for a, b in found) or "nothing"
            wanted = ", ".join(repr(text[a:b]) for a, b in expected)
            problems.append(f"{where}: bad example: found {told}, not {wanted}: {text[:100]!r}")
    for text in rule.good:
        found = _found(run, text)
        if found:
            told = ", ".join(repr(text[a:b]) for a, b in found)
            problems.append(f"{where}: good example: found {told}: {text[:100]!r}")
    return problems


def _found(run: Machine, text: str) -> list[tuple[int, int]]:
    return sorted({(f.start, f.end) for f in search(Text(text), run)})


@dataclass(frozen=True)
class Rate:
    """How often one rule speaks on clean text, against what it may cost."""

    rule: str
    severity: int
    found: int
    rate: float  # findings a 1,000 words
    budget: float

    @property
    def within(self) -> bool:
        return self.rate <= self.budget or self.found <= 1


def bench(rules: Rules, texts: Iterable[str], code: str = "en") -> tuple[list[Rate], float]:
    """Each rule's rate on texts that are known to be clean, most frequent first, and the rate
    of all findings of severity 2 or more together. Texts are taken to be in language ``code``.
    """
    counts: Counter[str] = Counter()
    grave = words = 0
    for text in texts:
        article = document(text, code)
        words += len(article.text.words)
        for finding in find(article, rules):
            counts[finding.rule] += 1
            grave += finding.severity >= 2
    thousands = max(words, 1) / 1000
    rates = [
        Rate(rule.id, rule.severity, counts[rule.id], counts[rule.id] / thousands, rule.budget)
        for rule in rules.patterns
    ]
    return sorted(rates, key=lambda rate: (-rate.found, rate.rule)), grave / thousands


def document(text: str, code: str = "en", title: str | None = None) -> Article:
    """A bare article, for running rules over a text of which nothing else is known."""
    return Article(
        id="",
        source=None,
        title=title,
        text=Text(text),
        language=model.Language(code=code, confidence=1.0),
        published=model.Published(),
    )
