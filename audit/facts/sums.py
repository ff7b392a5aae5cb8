"""People counted together: "a man and a woman" are two, "her and two others" three.

A sum is read where what befell them stands before its first member ("killing") or after its last
("were killed"); without that nothing says that they belong together.
"""

from __future__ import annotations

import re

from audit.facts.counting import Page, gap, is_human
from audit.facts.numerals import NUMBER, bound_before, read
from audit.facts.slots import state_after

# Slot, value, bound, first token, end token.
Sum = tuple[str, float, str, int, int]
_AND = re.compile("&")
_OWN = frozenset("his her their its".split())
_ONE = frozenset(("a", "an", "one", "another", "his", "her", "the"))
_THEM = frozenset(("him", "her", "himself", "herself"))
# After the last member, these show that it is no subject of a verb to come.
_AFTER = frozenset(
    """in on at near when after before during and as outside inside while who whose from by with
    last early late dead to for but including within along across since yesterday today""".split()
)
_DIED = frozenset("died dead drowned perished die".split())
_WORDS = 5  # words of one member, at most


def sums(page: Page) -> list[Sum]:
    """The sums of people of a page, in order."""
    found: list[Sum] = []
    words = page.words
    for match in _AND.finditer(page.letters):
        at = match.start()
        if words[at] != "and" or (found and at < found[-1][4]):
            continue
        after = _member(page, at + 1)
        if after is None:
            continue
        before = _member_before(page, at)
        if before is None:
            continue
        start, value = before
        stop, more = after
        value += more
        pronoun = page.words[start] in _THEM
        while start > 1 and page.words[start - 1] == "," and not pronoun:
            earlier = _member_before(page, start - 1)
            if earlier is None:
                break
            start, value = earlier[0], value + earlier[1]
        start, bound = bound_before(page, start)
        slot = _act(page, start) if _settled(page, stop) else None
        named = page.letters[at - 1] == "0" and not is_human(page, page.words[at - 1])
        alone = _opens(page, start) if named else not _goes_on(page, start)
        if slot is None and not pronoun and alone:
            slot = _befell(page, stop)
        if slot is not None:
            found.append((slot, value, bound or "exact", start, stop))
    return found


def _goes_on(page: Page, start: int) -> bool:
    """Whether what is told before a sum may be a member of it: "two guards, a man and a woman"."""
    if start < 2 or page.words[start - 1] not in (",", "and"):
        return False
    name = page.letters[start - 2] == "0" and page.plain[page.starts[start - 2]].isupper()
    return name or page.words[start - 1] == "and" or is_human(page, page.words[start - 2])


def _opens(page: Page, start: int) -> bool:
    """Whether a sentence, or what is quoted, begins at a token."""
    return not start or page.letters[start - 1] in "|." or page.words[start - 1] in ('"', ":")


def _befell(page: Page, stop: int) -> str | None:
    """The slot of what befell those who are told of up to a token."""
    word = page.words[stop] if stop < len(page.words) else ""
    if word not in page.lex.words["aux"] and word not in _DIED:
        return None
    told = state_after(page, stop)
    return told[0] if told else None


def _member(page: Page, at: int) -> tuple[int, float] | None:
    """Where a member that begins at a token ends, and how many it is."""
    words, letters = page.words, page.letters
    if at >= len(words):
        return None
    value = 1.0
    begin = at
    if words[at] in _OWN or words[at] == "the":
        at += 1
        begin = at
        if at == len(words):  # a text that breaks off: "… and the"
            return None
    number = NUMBER.match(letters, at) if letters[at] in "dnw" else None
    if number:
        told = read(page, number.start(), number.end())
        if told is None or told.value != int(told.value) or told.value > 999:
            return None
        if words[told.last : told.last + 1] == ["-"]:  # a 7-year-old girl
            if begin == at and words[at - 1] not in _ONE:
                return None
        else:
            value, at = told.value, told.last
    elif words[at] in ("a", "an", "another"):
        at += 1
    elif begin == at and words[at - 1] not in _OWN and words[at - 1] != "the":
        return None
    for here in range(at, min(len(words), at + _WORDS + 3)):
        if letters[here] in ",.|&$%:;" or words[here] in page.lex.words["stop"]:
            return None
        if is_human(page, words[here]) and not (
            here + 1 < len(words)
            and is_human(page, words[here + 1])
            and not gap(page, here + 1).strip()
        ):
            return here + 1, value
    return None


def _member_before(page: Page, end: int) -> tuple[int, float] | None:
    """Where a member that ends before a token begins, and how many it is."""
    words, letters = page.words, page.letters
    last = end - 1
    if last < 0:
        return None
    if words[last] in _THEM:
        return last, 1.0
    if not is_human(page, words[last]):
        return _named(page, end)
    for here in range(last - 1, max(-1, last - _WORDS - 4), -1):
        if letters[here] in ",.|&$:;":
            return None
        if words[here] in ("a", "an", "another") or (
            words[here] in _OWN and words[last] in page.lex.words["one_person"]
        ):
            return here, 1.0
        if letters[here] in "dnw" and words[here + 1 : here + 2] != ["-"]:
            told = read(page, here, here + 1)
            if told is None or (here and letters[here - 1] in "dnw-$"):
                return None
            return (here, told.value) if told.value == int(told.value) and told.value else None
        if words[here] in page.lex.words["stop"]:
            return None
    return None


def _named(page: Page, end: int) -> tuple[int, float] | None:
    """A person's name before "and two others": one."""
    words = page.words
    if "others" not in words[end + 1 : end + 3] and words[end + 2 : end + 3] != ["other"]:
        return None
    here = end
    while here and end - here < 4 and page.letters[here - 1] == "0":
        if not page.plain[page.starts[here - 1]].isupper():
            break
        here -= 1
    return (here, 1.0) if here < end else None


def _settled(page: Page, at: int) -> bool:
    """Whether a sum that ends before a token is the object of the verb before it."""
    if at >= len(page.words):
        return True
    return page.letters[at] in ".,|-D;Mi" or page.words[at] in _AFTER


def _act(page: Page, start: int) -> str | None:
    """The slot of what is done to those who are told of from a token on."""
    words = page.words
    if not start:
        return None
    for entry in page.lex.people:
        for phrase in entry.act.get(words[start - 1], ()):
            if tuple(words[start - len(phrase) : start]) == phrase:
                return entry.slot
    return None
