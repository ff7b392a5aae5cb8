"""Language slips that no pattern within one sentence can see: what does not agree with what stands
elsewhere in the article. Word lists come from rules/language; severities from rules/checks.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from audit.article import Article
from audit.language.patterns import Quotations
from audit.model import Finding
from audit.rules import Rules
from audit.tokens import Text

_WORDS: dict[tuple[str, str], Any] = {}
_LISTED: dict[tuple[str, str], Callable[[str], bool]] = {}
_JOINTS = re.compile(r"[^A-Za-z0-9_]")  # where RE2 sees the edge of a word
_BOTH = re.compile(
    r"\b(?P<span>[Bb]oth (?:organi[sz]ations|alliances|blocs|unions|bodies|institutions))\b"
)
_BODIES = re.compile("oth (?:organi|alliances|blocs|unions|bodies|institutions)")  # fast
_NAME = re.compile(r"\b[A-Z]{3,6}s?\b")
_NO_BODY = frozenset(
    "USA USD EUR GBP CEO CNN BBC AFP FBI CIA NSA RUB GMT UTC UAE USSR DNA GDP AIDS HIV".split()
)
_WOMAN = re.compile(
    r"\b(?:Ms|Mrs|Miss|Madame|Queen|Princess|Baroness|Lady|Dame|Chairwoman|Congresswoman|"
    r"[Ss]pokeswoman) [A-Z][a-z]+"
)
_MAN = re.compile(
    r"\b(?:Mr|King|Prince|Baron|Lord|Sir|Chairman|Congressman|[Ss]pokesman) [A-Z][a-z]+"
)
_WOMAN_ACTS = re.compile(
    r"\b(?:Ms|Mrs|Miss|Queen|Princess|Baroness|Dame)\.? (?P<name>[A-Z][a-z]+)"
    r"(?: [A-Z][a-z]+)? (?:said|told|added|made|was|has|had|also|did|announced|denied|warned)\b"
    r"[^.;!?\"]*?\b(?P<pronoun>his|himself)\b"
)
_WOMANS_TITLES = frozenset(("Ms", "Miss", "Mrs", "Queen", "Princess", "Baroness", "Dame"))
_VARIETIES = ("british", "american")
_PERSON = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_HIM = re.compile(r"\b(?:he|him|his|man|men|father|son|husband|brother|boy|king|player)\b", re.I)


def one_body_named(article: Article, rules: Rules) -> Iterator[Finding]:
    """ "Both organizations" where the sentences before name only one organization.

    Looks at the sentence and the two before it; silent where two or none are named, or where a
    name is not known to the list of bodies and could be one.
    """
    text = article.text
    if article.language.code != "en" or not _BODIES.search(text.plain):
        return
    for both in _BOTH.finditer(text.plain):
        at = next(
            (n for n, (a, b) in enumerate(text.sentences) if a <= both.start() < b),
            0,
        )
        start = text.sentences[max(at - 2, 0)][0]
        before = text.plain[start : both.start()]
        named = {m.group().lower() for m in _pattern(rules, "bodies", False).finditer(before)}
        unknown = {m.group().rstrip("s") for m in _NAME.finditer(before)} - _NO_BODY
        unknown = {name for name in unknown if name.lower() not in named}
        others = re.search(
            r"\b(?:group|organi[sz]ation|union|council|association|federation|agency|league|party|"
            r"church|company|club|committee|alliance|bloc)s?\b",
            before,
            re.I,
        )
        countries = _pattern(rules, "country", False).search(before)
        if len(named) == 1 and not unknown and not others and countries:
            yield _finding(
                article,
                rules,
                "both-of-one-body",
                "semantic",
                3,
                both.span("span"),
                f"“both” after one organization ({next(iter(named)).upper()}) and a country",
                0.8,
            )


def repeated_headline(article: Article, rules: Rules) -> Iterator[Finding]:
    """The headline again in the text: the title, or a first line that stands alone.

    Titles under five words say too little to be told from the text's own words.
    """
    text = article.text
    if not text.sentences:
        return
    first = text.plain[slice(*text.sentences[0])]
    title = (article.title or "").strip()
    headline = title or (first if first[-1] not in ".!?\"'" else "")
    key = " ".join(headline.split())
    if len(key.split()) < 5 or len(key) > 300:
        return
    if key.isascii() and text.plain.isascii():
        low, word = text.plain.lower(), max(key.lower().split(), key=len)
        at = low.find(word)
        if at < 0 or (not title and low.find(word, at + 1) < 0):  # a word of it only once
            return
        spaced = " ".join(text.plain.split()).lower()
        if spaced.find(key.lower(), 1) < 0:  # it may open the text, but stands nowhere else
            return
    seen = 0
    for found in re.finditer(re.escape(key).replace(r"\ ", r"\s+"), text.plain, re.I):
        # The first time is the headline itself where it opens the text.
        if found.start() <= text.sentences[0][0] and not seen:
            seen = 1
            continue
        yield _finding(
            article,
            rules,
            "repeated-headline",
            "residue",
            2,
            found.span(),
            "the headline stands in the text again",
            0.85,
        )


def mixed_spelling(article: Article, rules: Rules) -> Iterator[Finding]:
    """Words in the rarer of two spellings, British or American, in one English article.

    Told only where each spelling occurs with two different words outside quotations and one of
    them is clearly rarer; names ("Labour", "World Trade Center") do not count.
    """
    if article.language.code != "en":
        return
    text = article.text
    quoted: Quotations | None = None
    found: dict[str, list[tuple[int, int]]] = {}
    numbers = text.numbers
    # The lists hold single words: none in the words of the text, none in the text.
    for variety in _VARIETIES:
        if not text.vocabulary.column(_listed(rules, variety), bool)[numbers].any():
            return
    for variety in _VARIETIES:
        for match in _pattern(rules, variety, True).finditer(text.plain):
            if quoted is None:
                quoted = Quotations(text)
            if not quoted.hold(*match.span()):
                found.setdefault(variety, []).append(match.span())
    if len(found) < 2:
        return
    kinds = {v: len({text.plain[a:b] for a, b in spans}) for v, spans in found.items()}
    rare, main = sorted(found, key=lambda v: (len(found[v]), v))
    if kinds[main] < 2 or len(found[main]) < 2 * len(found[rare]):
        return
    for span in found[rare]:
        yield _finding(
            article,
            rules,
            "mixed-spelling",
            "orthography",
            1,
            span,
            f"{rare.title()} spelling in a text that otherwise spells the {main.title()} way",
            0.8,
        )


def pronoun_gender(article: Article, rules: Rules) -> Iterator[Finding]:
    """ "his" in a sentence whose only person is a woman by her title.

    Many languages have one word for "his" and "her", or let it agree with the thing owned; the
    program then guesses. Silent where a man, a second person or a male noun stands near.
    """
    text = article.text
    if article.language.code != "en":
        return
    numbers = text.numbers  # read first: it teaches the vocabulary the words
    if not text.vocabulary.column(_womans, bool)[numbers].any():
        return
    for found in _WOMAN_ACTS.finditer(text.plain):
        start, end = text.sentence_at(found.start())
        if found.end() > end:
            continue
        at = max(0, start - 300)
        near = text.plain[at : found.start("pronoun")]
        people = Counter(m.group() for m in _PERSON.finditer(near))
        if _MAN.search(near) or _HIM.search(near) or len(people) > 1:
            continue
        yield _finding(
            article,
            rules,
            "pronoun-gender",
            "mt",
            3,
            found.span("pronoun"),
            f"“{found.group('pronoun')}” of a woman: {found.group('name')}",
            0.7,
        )


def _finding(
    article: Article,
    rules: Rules,
    rule: str,
    family: str,
    severity: int,
    span: tuple[int, int],
    message: str,
    confidence: float,
) -> Finding:
    settings = rules.checks.get(rule, {})
    return Finding(
        rule=rule,
        family=family,
        group="language",
        severity=int(settings.get("severity", severity)),
        start=span[0],
        end=span[1],
        quote=article.text.raw[slice(*span)],
        message=message,
        confidence=confidence,
    )


def _womans(word: str) -> bool:
    """Whether a word is the title of a woman, or put together with one."""
    return word in _WOMANS_TITLES or not _WOMANS_TITLES.isdisjoint(_JOINTS.split(word))


def _listed(rules: Rules, name: str) -> Callable[[str], bool]:
    """Whether a word is one of a list or is put together with one; one function a list."""
    key = (rules.digest, name)
    if key not in _LISTED:
        words = frozenset(rules.lists.get(name, []))
        _LISTED[key] = lambda word: word in words or not words.isdisjoint(_JOINTS.split(word))
    return _LISTED[key]


def _pattern(rules: Rules, name: str, lower: bool) -> Any:
    """The words of a list as one RE2 pattern: linear, and fast for long lists."""
    key = (rules.digest, name)
    if key not in _WORDS:
        import re2

        words = sorted(rules.lists.get(name, []), key=lambda word: (-len(word), word))
        _WORDS[key] = re2.compile(r"\b(?:" + "|".join(words or ["\\x00never"]) + r")\b")
    return _WORDS[key]


__all__ = ["Text", "mixed_spelling", "one_body_named", "pronoun_gender", "repeated_headline"]
