"""Names in a text, and the one name each is known by across documents.

No model and no gazetteer beyond rules/facts/aliases.toml: a name is a run of capitalised words,
an alias of a known actor (Ankara, Turkish: Turkey) or a type code (S-400, F-35s: F-35). A short
form takes the longest form of the same document (Erdogan: Recep Tayyip Erdogan). The file is long
because what is no name (headlines, sentence openings) can only be told beside what is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import Literal

import msgspec
import numpy as np

from audit.facts.lexicon import built
from audit.facts.remembered import Remembered
from audit.rules import Rules
from audit.tokens import Text

Kind = Literal["actor", "code", "name"]

_CODE = re.compile(
    r"(?:[A-Z]{1,4}-?\d{1,4}[A-Z]?|[A-Z]{2,5}-\d{1,3}|[A-Z][a-z]+-\d{1,3})(?:s|'s)?$"
)
_SPACED_CODE = re.compile(r"([A-Z])(?<!\w[A-Z]) (\d{2,4})\b")
_WORD = (
    r"(?:(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Col|Lt|Sgt|Prof|Jr)\.(?:[A-Z]\.)*(?!\w)"
    r"|[A-Z]\w*(?:['&-][^\W_]+)*)"
)
# A run begins at a capital that no letter, digit or full stop stands before. The first letter is
# matched first, so that a search looks for capitals only.
_RUN = re.compile(
    r"[A-Z](?<![\w.][A-Z])"
    r"(?:(?=\w{0,3}\.)(?:(?<=M)(?:r|rs|s)|(?<=[DJ])r|(?<=S)(?:t|en|gt)|(?<=G)(?:en|ov)|(?<=R)ep"
    r"|(?<=C)ol|(?<=L)t|(?<=P)rof)?\.(?:[A-Z]\.)*(?!\w)"
    r"|\w*(?:['&-][^\W_]+)*)"
    rf"(?:(?: | of | of the | de | del | bin | van | von | der | du | da | & ){_WORD})*"
)
_PIECE = re.compile(r"[^\s]+")
_TITLES = frozenset(
    """mr mrs ms dr prof sir lord lady dame president vice prime minister premier chancellor king
    queen prince princess pope senator sen rep representative congressman congresswoman governor gov
    mayor secretary state under deputy general gen lieutenant lt colonel col major maj captain capt
    sgt sergeant admiral judge justice chief officer director chairman chairwoman chair ceo cfo
    executive spokesman spokeswoman spokesperson minister foreign defense defence interior finance
    ambassador attorney sheriff police inspector detective reverend rev bishop archbishop cardinal
    imam sheikh ayatollah coach professor doctor commissioner speaker leader former acting federal
    republican democrat democratic sultan emir counterpart head house""".split()
)
_OPENERS = frozenset(
    """rescue police court government parliament congress city state school university hospital
    company investigators president prosecutor rain snow heavy strong powerful huge small large big
    young early late local national public private social political economic military foreign
    today inside across throughout however despite gunman suspect man woman girl boy mother father
    family nobody everybody everyone someone part half much little further additional""".split()
)
_LEADING = _TITLES | {"of", "the", "de", "&", ""}
# Words that open sentences or headlines with a capital and name nothing.
_COMMON = frozenset(
    """the a an this that these those he she it they we i you his her its their our my your who what
    which when where why how and but or so yet if as at by for from in into of off on onto out over
    to up with after before during since until while although though because despite amid following
    under about against between through without within among meanwhile however moreover furthermore
    also nonetheless therefore thus then now today yesterday tomorrow here there not no some many
    most all both each every either neither one two three four five six seven eight nine ten first
    second third last next more less other another such according unlike like just only even still
    once well yes new old earlier later recently currently finally officials police sources analysts
    experts people several few total nearly almost about monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun am pm
    read photo image video updated published share advertisement related comments source via
    author creator credits breaking news latest quick story by be is was are were has have had
    will would could should may might can do does did than too very unfortunately conclusion
    regarding actually efforts concern instance""".split()
)


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name in a text: its span, the name it is known by, and what it is.

    ``actor`` is a name from the alias table, ``code`` a type code, ``name`` anything else.
    """

    start: int
    end: int
    text: str
    name: str
    kind: Kind


def aliases(rules: Rules) -> dict[str, str]:
    """Every known name of an actor, and the name it goes by: Ankara: Turkey."""
    return built(rules, _aliases)


def _aliases(rules: Rules) -> dict[str, str]:
    table: dict[str, str] = {}
    for name, others in sorted(rules.facts.get("aliases", {}).get("actors", {}).items()):
        table[name] = name
        for other in others:
            table.setdefault(other, name)
    return table


def _heads(rules: Rules) -> frozenset[str]:
    """The first words of the known names."""
    return frozenset(name.split(" ", 1)[0] for name in aliases(rules))


# What a run of capitalised words is by itself: how to take it, the name or small letters, and
# whether it looks like a word that opens a sentence.
_Run = tuple[str, str, bool]
_RUNS = 1 << 14  # runs that are remembered
_LONGEST = 100  # characters of a run that is remembered


def _runs(rules: Rules) -> Remembered[_Run]:
    """What each run of capitalised words is by itself, remembered as it is met."""
    known = aliases(rules)

    def run(word: str) -> _Run:
        if " " in word or not word.isalpha():
            piece = _bare(_PIECE.search(word).group())  # type: ignore[union-attr]
            return "run", _NO_WORD if piece in known else _small(piece.rstrip(".")), False
        if word in known:
            return "actor", known[word], False
        low = word.lower()
        if low in _COMMON or low in _TITLES or len(word) < 2:
            return "none", "", False
        # What looks like a plural, a participle or an adverb opens a sentence more often.
        return "word", _small(low), low.endswith(_ENDINGS) or low in _OPENERS

    return Remembered(run, _RUNS)


_NO_WORD = " "  # no word of any text
_ENDINGS = ("s", "ing", "ed", "ly", "ion", "ment")


def _segments(rules: Rules) -> dict[tuple[str, bool], list[Name]]:
    """The names in each run as if it stood at the head of a text, remembered as it is met."""
    return {}


def names(text: Text, rules: Rules) -> list[Name]:
    """The names of a text, in order, without overlaps."""
    known = aliases(rules)
    plain = text.plain
    heads, runs, segments = built(rules, _heads), built(rules, _runs), built(rules, _segments)
    standing = _standing(text)
    starts = {start for start, _ in text.sentences}
    found: list[Name] = []
    for match in _RUN.finditer(plain):
        run, start = match.group(), match.start()
        kind, low, opener = runs[run] if len(run) < _LONGEST else runs.work(run)
        if kind == "none":
            continue
        if kind == "actor":
            found.append(Name(start, match.end(), run, low, "actor"))
            continue
        first = start in starts or plain[max(0, start - 1)] in "\"'(-"
        if kind == "word":
            # A word that opens a sentence has its capital from there: it names nothing if it
            # stands in small letters too, or looks like no name and stands nowhere else.
            if not (first and (low in standing or (opener and plain.count(run) == 1))):
                found.append(Name(start, match.end(), run, run, "name"))
            continue
        skipped = first and low in standing
        inside = segments.get((run, skipped))
        if inside is None:
            inside = _segment(run, known, heads, skipped)
            if len(segments) >= _RUNS:
                segments.clear()
            if len(run) < _LONGEST:
                segments[run, skipped] = inside
        found += [Name(n.start + start, n.end + start, n.text, n.name, n.kind) for n in inside]
    found = _without_headlines(text, found)
    for at in text.where(_lettered):
        code = _SPACED_CODE.match(plain, text.ends[at] - 1)
        if code is None:
            continue
        name = f"{code.group(1)}-{code.group(2)}"
        at = bisect_left(found, code.start(), key=_START)
        if at < len(found) and found[at].start == code.start() and found[at].end <= code.end():
            found[at] = Name(code.start(), code.end(), code.group(), name, "code")
    return _joined(found)


_START = attrgetter("start")


def _lettered(word: str) -> bool:
    """Whether a word ends in a capital that stands by itself, as that of "S 400" does."""
    return "A" <= word[-1] <= "Z" and not word[-2:-1].isalnum()


def within(found: list[Name], start: int, end: int) -> list[Name]:
    """The names that lie in a span."""
    at = bisect_left(found, start, key=_START)
    to = bisect_right(found, end - 1, key=_START)
    return [name for name in found[at:to] if name.end <= end]


@lru_cache(maxsize=1 << 15)
def same(a: str, b: str) -> bool:
    """Whether two names are forms of one: equal, one ends or opens the other (Biden), or is its
    first letters (EDS)."""
    if a == b:
        return True
    left, right = a.casefold().split(), b.casefold().split()
    short, long = sorted((left, right), key=len)
    if not short or len(short) == len(long):
        return left == right or _initials(a, b) or _initials(b, a)
    if long[-len(short) :] == short or (len(short) > 1 and long[: len(short)] == short):
        return True
    return _initials(a, b) or _initials(b, a)


def _initials(short: str, long: str) -> bool:
    """Whether a name is the first letters of another's words: EDS, Electronic Data Systems."""
    letters = short.replace("-", "").replace(".", "")
    if not (2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()):
        return False
    words = [w for w in re.split(r"[ -]", long) if w[:1].isupper()]
    if len(letters) == 2 and "-" not in long:
        return False  # US, UN, EU: too many things
    return len(words) == len(letters) and "".join(w[0] for w in words) == letters


def _without_headlines(text: Text, found: list[Name]) -> list[Name]:
    """The names without those that only a headline's capitals make: in a sentence where nearly
    every word is capitalised, a name counts if the running text has it too."""
    shouted = _headlines(text)
    if not shouted:
        return found
    inside = {id(n) for start, end in shouted for n in within(found, start, end)}
    kept = {n.name for n in found if id(n) not in inside}
    kept |= {n.name.rsplit(" ", 1)[-1] for n in found if id(n) not in inside}
    out: list[Name] = []
    for name in found:
        if name.kind != "name" or id(name) not in inside or name.name in kept:
            out.append(name)
            continue
        at = name.start
        for word in name.text.split(" "):
            if word in kept and len(word) > 2:
                out.append(Name(at, at + len(word), word, word, "name"))
            at += len(word) + 1
    return out


def _headlines(text: Text) -> list[tuple[int, int]]:
    """The sentences in title case."""
    if not text.sentences:
        return []
    starts, ends = text.edges
    spans = np.array(text.sentences)
    looked = np.minimum(spans[:, 1], spans[:, 0] + _LOOKED)
    opening, numbers = text.openings, text.numbers
    # Most sentences are plainly in none: more than a tenth of their words are small.
    small = text.vocabulary.column(_plainly_small, bool)[numbers].nonzero()[0]
    small = small[text.points[starts[small] - 1] == _SPACE]
    few = small.searchsorted(ends.searchsorted(looked, "right")) - small.searchsorted(opening)
    maybe = 10 * few <= starts.searchsorted(looked) - opening
    return [
        text.sentences[at]
        for at in maybe.nonzero()[0].tolist()
        if _headline(text.plain, *text.sentences[at])
    ]


def _plainly_small(word: str) -> bool:
    """Whether a word, which a space stands before, has no capital and would in a headline."""
    plain = len(word) > 3 and word.isascii() and word.isalpha()
    return plain and word[0].islower() and word not in _SMALL


def _headline(plain: str, start: int, end: int) -> bool:
    """Whether a sentence is in title case: no word of four letters is small, save prepositions."""
    found = _LONG.findall(plain, start, min(end, start + _LOOKED))
    low = [w for w in found if w[0].islower() and w not in _SMALL]
    return len(found) >= 4 and len(low) <= 0.1 * len(found)


_SPACE = ord(" ")
_LONG = re.compile(r"[A-Za-z][\w'-]{3,}")
_LOOKED = 300  # characters at the head of a sentence that tell whether it is a headline
_SMALL = frozenset("with from over after into amid that than between against about under".split())


def _standing(text: Text) -> frozenset[str]:
    """The words ``_asked`` for that stand by themselves: what a mark or a dash stands beside is
    passed over."""
    points, numbers = text.points, text.numbers
    if not len(numbers):
        return frozenset()
    asked = text.vocabulary.column(_asked, bool)[numbers].nonzero()[0]
    starts, ends = text.edges[0][asked], text.edges[1][asked]
    # At either end of a text a word stands beside itself: a letter, a digit, a stop.
    before, after = points[np.maximum(starts, 1) - 1], points[np.minimum(ends, len(points) - 1)]
    beside = _BESIDE[np.minimum(before, 127)] | _BESIDE[np.minimum(after, 127)]
    words = text.vocabulary.column(str, object)
    return frozenset(words[numbers[asked[~beside]]].tolist())


def _asked(word: str) -> bool:
    """Whether it is ever asked if a word stands by itself: if it is small and can open a name."""
    return word == _small(word) and word not in _COMMON


def _small(word: str) -> str:
    """A word of at least three ASCII letters in small ones; for any other, no word of a text."""
    return word.lower() if len(word) > 2 and word.isalpha() and word.isascii() else _NO_WORD


_BESIDE = np.zeros(128, bool)
_BESIDE[[ord(char) for char in "'-_"]] = True


def _segment(plain: str, known: dict[str, str], heads: frozenset[str], skipped: bool) -> list[Name]:
    """The names in one run of capitalised words: actors and codes are cut out of it. ``skipped``:
    whether its first word has its capital only from where it stands."""
    pieces = [m.span() for m in _PIECE.finditer(plain)]
    words = [_bare(plain[s:e]) for s, e in pieces]
    out: list[Name] = []
    held: list[int] = []  # indexes of pieces of the name being gathered
    i = 0

    def flush() -> None:
        while held and words[held[0]].lower().rstrip(".") in _LEADING:
            held.pop(0)
        while held and words[held[-1]] in ("of", "the", "de", "&"):
            held.pop()
        if held:
            a, b = pieces[held[0]][0], pieces[held[-1]][0] + len(words[held[-1]])
            bare = plain[a:b]
            if len(bare) > 1 and not bare.isdigit():
                out.append(Name(a, b, bare, " ".join(words[k] for k in held), "name"))
        held.clear()

    while i < len(pieces):
        word = words[i]
        low = word.lower().rstrip(".")
        if i == 0 and (low in _COMMON or skipped):
            i += 1
            continue
        if low in _COMMON and low not in ("of", "the", "de") and word not in known:
            flush()
            i += 1
            continue
        if not word.isalpha() and _CODE.match(plain[slice(*pieces[i])].rstrip(".,")):
            flush()
            out.append(_code(plain, pieces[i][0], pieces[i][1]))
            i += 1
            continue
        head = word.partition("-")[0]
        if head != word and head in known:  # Russian-made, Turkish-American
            flush()
            out.append(Name(pieces[i][0], pieces[i][0] + len(head), head, known[head], "actor"))
            i += 1
            continue
        match = _longest(words, i, known) if word in heads else 0
        inside = bool(held) and words[held[-1]] in ("of", "the") and len(held) > 1
        if match and not (inside and words[held[0]].lower() not in _TITLES):
            flush()
            a, b = pieces[i][0], pieces[i + match - 1][0] + len(words[i + match - 1])
            out.append(Name(a, b, plain[a:b], known[" ".join(words[i : i + match])], "actor"))
            i += match
            while i < len(words) and words[i] in ("of", "the"):
                i += 1
            continue
        held.append(i)
        if plain[pieces[i][0] : pieces[i][1]].endswith("'s"):
            flush()
        i += 1
    flush()
    return out


def _bare(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    return word if "." in word[:-1] else word.rstrip(".,")


def _longest(words: list[str], at: int, known: dict[str, str]) -> int:
    for size in range(min(5, len(words) - at), 0, -1):
        if " ".join(words[at : at + size]) in known:
            return size
    return 0


def _code(plain: str, start: int, end: int) -> Name:
    bare = plain[start:end].rstrip(".,").removesuffix("'s").removesuffix("s")
    letters = re.match(r"[A-Za-z]+", bare)
    cut = letters.end() if letters else 0
    rest = bare[cut:].lstrip("-")
    return Name(start, start + len(bare), bare, f"{bare[:cut]}-{rest}", "code")


def _joined(found: list[Name]) -> list[Name]:
    """Short forms take the longest form that stands before them and ends in them: a person is
    named in full first, while Aceh is not Banda Aceh, which comes later."""
    longest: dict[str, str] = {}
    out: list[Name] = []
    for name in found:
        if name.kind == "name" and " " in name.name:
            last = name.name.rsplit(" ", 1)[1]
            held = longest.get(last, "")
            if held != last and len(name.name) > len(held) and len(name.name.split()) <= 4:
                longest[last] = name.name
        elif name.kind == "name":
            full = longest.setdefault(name.name, name.name)
            if full != name.name:
                name = Name(name.start, name.end, name.text, full, name.kind)
        out.append(name)
    return out
