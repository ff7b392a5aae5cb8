"""What stands twice by mistake: words said over again in a row, and whole sentences.

A page put together by a program repeats its opening, a translator's memory a phrase; a writer who
repeats for effect does it in a quotation, or with a mark between.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from audit.article import Article
from audit.language.patterns import Quotations
from audit.model import Finding
from audit.rules import Rules

_LONGEST = 8  # words of a phrase that is said twice
_SENTENCE = 8  # words from which on a sentence that stands twice is no coincidence
# "again and again and again", "more to more to": words that join what is repeated for effect.
_JOINING = frozenset("and or after by upon on to of for in versus".split())


def repeated_words(article: Article, rules: Rules) -> Iterator[Finding]:
    """Two to eight words that stand twice in a row, with nothing but blanks between.

    Silent in quotations, about names and numbers, and where one of two words joins the other to
    itself ("more and more and more").
    """
    text = article.text
    words = text.keys
    quoted: Quotations | None = None
    done = -1
    for length in range(2, min(_LONGEST, len(words) // 2) + 1):
        same = words[:-length] == words[length:]
        if np.count_nonzero(same) < length:
            continue
        run = np.flatnonzero(same)
        starts = run[: len(run) - length + 1]
        for at in starts[run[length - 1 :] - starts == length - 1].tolist():
            end = at + 2 * length
            lower, gaps = text.lower, text.gaps
            phrase = lower[at : at + length]
            if phrase != lower[at + length : end]:
                continue
            if at < done or len(set(phrase)) < length or not _plain(phrase):
                continue
            if (
                any(gap.strip(" \n") for gap in gaps[at + 1 : end])
                or "".join(gaps[at + 1 : end]).count("\n") > 1
            ):
                continue
            if text.capital[at + length]:  # a name, or a headline and its text without a break
                continue
            start, stop = text.words[at + length][0], text.words[end - 1][1]
            quoted = quoted or Quotations(text)
            if quoted.hold(start, stop):
                continue
            done = end
            message = "the words before are repeated"
            yield _finding(article, rules, "repeated-words", start, stop, message)


def _plain(phrase: list[str]) -> bool:
    """Whether words are no figures and none of two joins the other to itself."""
    if not all(word.isalpha() or "'" in word or "-" in word for word in phrase):
        return False
    return len(phrase) > 2 or not (_JOINING.intersection(phrase) and not _function(phrase))


def _function(phrase: list[str]) -> bool:
    """Whether both words are short ones of grammar: "of the of the"."""
    return all(len(word) < 4 for word in phrase) and "and" not in phrase and "or" not in phrase


def repeated_sentence(article: Article, rules: Rules) -> Iterator[Finding]:
    """Sentences of eight words or more that stood in the text before, one finding a passage."""
    text = article.text
    plain = text.plain
    if plain.isascii():
        long = [plain[left:right] for left, right in text.sentences if right - left > 40]
        if len({(one[0].lower(), one.rsplit(None, 1)[-1].lower()) for one in long}) == len(long):
            return  # none begins and ends as another does
    seen: set[str] = set()
    quoted: Quotations | None = None
    start = end = -1
    for left, right in text.sentences:
        sentence = " ".join(plain[left:right].split()).lower() if right - left > 40 else ""
        again = sentence in seen and sentence.count(" ") >= _SENTENCE - 1
        seen.add(sentence)
        if again:
            quoted = quoted or Quotations(text)
        if again and quoted and not quoted.hold(left, right):
            start, end = (left if start < 0 else start), right
        elif start >= 0:
            yield _sentence(article, rules, start, end)
            start = -1
    if start >= 0:
        yield _sentence(article, rules, start, end)


def _sentence(article: Article, rules: Rules, start: int, end: int) -> Finding:
    message = "this stood in the text before, word for word"
    return _finding(article, rules, "repeated-sentence", start, end, message)


def _finding(
    article: Article, rules: Rules, rule: str, start: int, end: int, message: str
) -> Finding:
    return Finding(
        rule=rule,
        family="residue",
        group="language",
        severity=int(rules.checks.get(rule, {}).get("severity", 2)),
        start=start,
        end=end,
        quote=article.text.raw[start:end],
        message=message,
        confidence=0.85,
    )
