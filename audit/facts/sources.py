"""Who says it: the noun phrase that answers for a cue, and what kind of source it is.

No parser: the subject is the chunk of words before the cue, read leftwards up to punctuation, a
conjunction or a verb; after ``"…," said`` it is the chunk that follows. Appositives belong to it.
The file is long because the ways to a source (before, after, by, possessive, main subject) all read
the same chunks and are tried in turn.
"""

from __future__ import annotations

from audit.facts.cue_weights import Candidate
from audit.facts.cue_words import (
    ADVERBS,
    BE,
    CLAUSAL,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    MODAL,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    Lexicon,
    Tokens,
)

Range = tuple[int, int]  # first and last word, inclusive

_LONGEST = 14  # words of a source
_FAR = 60  # words between a cue and the subject of its sentence
_INNER = frozenset("of for in at with from on to by".split())
_NO_SOURCE = (
    frozenset("that it this i we you not no so".split())
    | PREPOSITIONS
    | CLAUSAL
    | OBJECTS
    | ADVERBS
    | CONJUNCTIONS
)
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight
    january february march april june july august september october november december""".split()
)


def source_of(toks: Tokens, lex: Lexicon, cue: Candidate) -> Range | None:
    """The words of the source of a cue, or None where the text names none."""
    kind = cue.entry.kind
    if cue.source is not None:
        return cue.source
    sent = toks.sentence[cue.head]
    start, end = toks.first[sent], _last_of(toks, sent)
    if kind == "before":
        return _right(toks, lex, cue.last + 1, end, leading=cue.first == start)
    if kind == "adverb":
        return None
    if kind == "noun":
        return _possessor(toks, cue, start) or _by(toks, lex, cue, end)
    if inverted(toks, lex, cue):
        found = _right(toks, lex, cue.last + 1, end)
        if found:
            return found
    if cue.passive:
        return _by(toks, lex, cue, end)
    if cue.entry.form == "past" and _next(toks, cue.last, "by", sent):
        return _right(toks, lex, cue.last + 2, end)
    k = cue.first - 1
    if cue.infinitive or (cue.entry.form == "ing" and k >= start and "," in toks.gap(k)):
        return _main_subject(toks, lex, cue, start) or left_phrase(toks, lex, k, start)
    found = left_phrase(toks, lex, k, start)
    if found:
        return found
    return _main_subject(toks, lex, cue, start)


def _last_of(toks: Tokens, sent: int) -> int:
    return (toks.first[sent + 1] if sent + 1 < len(toks.first) else len(toks.spans)) - 1


def _next(toks: Tokens, i: int, word: str, sent: int) -> bool:
    return (
        i + 1 < len(toks.lower)
        and toks.lower[i + 1] == word
        and toks.sentence[i + 1] == sent
        and not toks.gap(i).strip()
    )


def inverted(toks: Tokens, lex: Lexicon, cue: Candidate) -> bool:
    """Whether the source follows its verb: ``"…," said Smith`` or ``…, said Smith``."""
    if cue.first != cue.head or cue.entry.form not in ("past", "s", "base"):
        return False
    before = toks.gap(cue.first - 1) if cue.first else ""
    if not ("," in before or '"' in before or "'" in before.strip() or "?" in before):
        return False
    if toks.gap(cue.last).strip():
        return False
    after = cue.last + 1
    if after >= len(toks.lower):
        return False
    word = toks.lower[after]
    quoted = '"' in before or "'" in before.strip() or "?" in before
    if word in ("he", "she", "they"):
        return quoted
    if word in _NO_SOURCE or word.endswith("ing"):
        return False
    if quoted:
        return True
    # "…, said the mayor." but "Venn, the mayor, said the bridge was shut."
    sent = toks.sentence[cue.head]
    found = _right(toks, lex, after, _last_of(toks, sent))
    if found is None:
        return False
    nxt = found[1] + 1
    ends = bool(toks.gap(found[1]).strip()) or nxt >= len(toks.lower)
    return ends or toks.lower[nxt] in PREPOSITIONS or toks.lower[nxt] in TIMES


def left_phrase(toks: Tokens, lex: Lexicon, k: int, start: int) -> Range | None:
    """The noun phrase that ends in word ``k``, with an appositive between commas."""
    if k < start:
        return None
    lower = toks.lower
    gap = toks.gap(k)
    last = k
    if gap.strip() not in ("", "'"):
        if "," in gap:
            # "Smith, the mayor, said": step over the aside
            j = k
            while j > start and k - j < _LONGEST:
                before = toks.gap(j - 1)
                if "," in before or "(" in before:
                    found = _chunk(toks, lex, j - 1, start)
                    word = lower[j]
                    if (
                        found
                        and (
                            toks.capital[found[1]]
                            or lower[found[0]] in DETERMINERS
                            or found[1] > found[0]
                        )
                        and word not in CONJUNCTIONS
                    ):
                        return found[0], last
                    return None
                if '"' in before or ";" in before or ":" in before:
                    return None
                j -= 1
        elif ")" in gap or gap.strip() == "-":
            j = k
            while j > start and k - j < _LONGEST:
                before = toks.gap(j - 1)
                if "(" in before or before.strip() == "-":
                    found = _chunk(toks, lex, j - 1, start)
                    return (found[0], last) if found else None
                j -= 1
        return None
    return _chunk(toks, lex, k, start)


def _chunk(toks: Tokens, lex: Lexicon, k: int, start: int) -> Range | None:
    """The run of words that can be one noun phrase ending in word ``k``, read leftwards."""
    lower = toks.lower
    word = lower[k]
    if word in ("who", "which", "that"):
        return k, k
    if word.split("'")[0] in PRONOUNS or word in (
        "one",
        "others",
        "some",
        "many",
        "both",
        "everyone",
        "nobody",
    ):
        return k, k
    if word in DETERMINERS or word in PREPOSITIONS or word in CONJUNCTIONS or word in BE:
        return (k, k) if word in ("some", "many", "few", "most", "several", "all") else None
    if word in SUBORDINATORS or word in HAVE or word in MODAL or word in OBJECTS:
        return None
    first = k
    i = k - 1
    while i >= start and k - i < _LONGEST:
        gap = toks.gap(i).strip()
        word = lower[i]
        if gap and (gap != "." or not toks.capital[i]):  # "Rep. Mark Hill" goes on
            break
        if word in DETERMINERS and word not in ("that", "which", "what"):
            first = i
            j = i - 1
            if (
                j > start
                and lower[j] in _INNER
                and not toks.gap(j).strip()
                and not toks.gap(j - 1).strip()
                and _nominal(toks, lex, j - 1)
            ):
                i = j - 1
                first = i
                i -= 1
                continue
            break
        if word in _INNER:
            if i > start and not toks.gap(i - 1).strip() and _nominal(toks, lex, i - 1):
                first = i - 1
                i -= 2
                continue
            break
        if word == "and":
            if (
                i > start
                and toks.capital[i + 1]
                and toks.capital[i - 1]
                and not toks.gap(i - 1).strip()
            ):
                first = i - 1
                i -= 2
                continue
            break
        if not _nominal(toks, lex, i):
            break
        first = i
        i -= 1
    while first < k and lower[first] in TIMES:
        first += 1
    return first, k


_NO_NOUN = (
    BE | HAVE | MODAL | PRONOUNS | CONJUNCTIONS | SUBORDINATORS | CLAUSAL | PREPOSITIONS | OBJECTS
)


def _nominal(toks: Tokens, lex: Lexicon, i: int) -> bool:
    """Whether a word can stand inside a noun phrase."""
    word = toks.lower[i]
    if word in _NO_NOUN:
        return False
    if toks.capital[i]:
        return True
    if word.endswith("ly"):
        return False
    return word not in lex.finite


def _right(toks: Tokens, lex: Lexicon, i: int, end: int, leading: bool = False) -> Range | None:
    """The noun phrase that begins with word ``i``, appositives with it.

    A ``leading`` one opens the sentence: after its last comma the sentence goes on.
    """
    if i > end:
        return None
    lower = toks.lower
    first = i
    if lower[i] in PRONOUNS:
        return i, i
    aside = False
    last = i - 1
    while i <= end and i - first < 24:
        word = lower[i]
        gap = toks.gap(i - 1) if i > first else ""
        mark = gap.strip()
        if mark:
            if '"' in mark or ":" in mark or ";" in mark or "?" in mark or "!" in mark:
                break
            if "," in mark:
                if aside:
                    break
                # an appositive opens with a determiner, a title or "who"
                if _appositive(toks, i, end, leading) or (
                    not leading and (word in DETERMINERS or word == "who")
                ):
                    aside = True
                else:
                    break
            elif mark not in (".", "'", "(", ")", "'s"):
                break
        if not aside:
            if word in BE or word in HAVE or word in MODAL or word in SUBORDINATORS:
                break
            if (
                word
                in (
                    "on",
                    "in",
                    "during",
                    "at",
                    "after",
                    "before",
                    "to",
                    "by",
                    "last",
                    "this",
                    "earlier",
                    "later",
                )
                and i > first
            ):
                if (
                    word in ("in", "at", "on", "by", "to")
                    and i < end
                    and (toks.capital[i + 1] or lower[i + 1] == "the")
                    and lower[i + 1] not in TIMES
                    and not toks.capital[i - 1]
                ):
                    pass
                else:
                    break
            if (
                word in TIMES
                or word in ("but", "or", "that")
                or (word in PRONOUNS and word != "who")
            ):
                break
            if word == "and" and not (i < end and toks.capital[i + 1] == toks.capital[i - 1]):
                break
            if word.endswith("ing") and i > first:
                break
        last = i
        i += 1
    return (first, last) if last >= first else None


def _appositive(toks: Tokens, i: int, end: int, leading: bool) -> bool:
    """Whether what follows a comma reads as a title: no verb before the next mark."""
    for j in range(i, min(end, i + 12) + 1):
        word = toks.lower[j]
        if word in BE or word in HAVE or word in MODAL or word in PRONOUNS:
            return False
        if j == i and (
            word.endswith("ing")
            or word in PREPOSITIONS
            or word in SUBORDINATORS
            or word in CONJUNCTIONS
        ):
            return False
        if toks.gap(j).strip():
            return not leading or ("," in toks.gap(j) and j < end)
    return False


def _possessor(toks: Tokens, cue: Candidate, start: int) -> Range | None:
    """The owner of a noun: "Smith's claim", "his statement"."""
    lower = toks.lower
    for k in range(cue.first - 1, max(start - 1, cue.first - 4), -1):
        word = lower[k]
        if toks.gap(k).strip() not in ("", "'"):
            return None
        if word in ("his", "her", "their", "its", "my", "our", "your"):
            return k, k
        if word.endswith(("'s", "s'")) or toks.gap(k).startswith("'"):
            first = k
            while (
                first > start
                and not toks.gap(first - 1).strip()
                and (
                    toks.capital[first - 1]
                    or lower[first - 1] in DETERMINERS
                    or (
                        toks.capital[first] is False
                        and lower[first - 1] not in PREPOSITIONS
                        and lower[first - 1] not in CONJUNCTIONS
                        and k - first < 3
                    )
                )
            ):
                first -= 1
                if lower[first] in DETERMINERS:
                    break
            return first, k
    return None


def _by(toks: Tokens, lex: Lexicon, cue: Candidate, end: int) -> Range | None:
    """The agent after "by" (or "from"), a few words on."""
    for k in range(cue.last + 1, min(end, cue.last + 5) + 1):
        if toks.gap(k - 1).strip():
            return None
        if toks.lower[k] in ("by", "from"):
            return _right(toks, lex, k + 1, end)
    return None


def _main_subject(toks: Tokens, lex: Lexicon, cue: Candidate, start: int) -> Range | None:
    """The subject of the sentence for a cue that has none of its own: ", saying that …"."""
    lower = toks.lower
    # the nearest subject on the left: a phrase followed by a verb of ours or an auxiliary
    for j in range(cue.first - 1, max(start, cue.first - _FAR), -1):
        word = lower[j]
        if toks.quoted[j] >= 0:
            continue
        listed = lex.entries.get(word)
        verbal = (
            word in BE
            or word in HAVE
            or word in MODAL
            or (
                listed is not None
                and any(e.kind == "verb" and e.form in ("past", "s") for e in listed)
            )
            or (word.endswith("ed") and not toks.capital[j])
        )
        if verbal and not toks.gap(j - 1).strip():
            found = _chunk(toks, lex, j - 1, start)
            if found and (
                toks.capital[found[1]]
                or lower[found[0]] in DETERMINERS
                or lower[found[0]] in PRONOUNS
            ):
                return found
    for j in range(start, min(cue.first, start + 10)):
        word = lower[j]
        if toks.quoted[j] >= 0:
            return None
        if word in PRONOUNS and word not in ("that", "which", "who"):
            return j, j
        if toks.gap(j).strip():
            break
        nxt = lower[j + 1] if j + 1 < cue.first else ""
        if nxt and (
            nxt in BE
            or nxt in HAVE
            or nxt in MODAL
            or nxt.endswith("ed")
            or (not toks.capital[j + 1] and toks.capital[j])
        ):
            return _chunk(toks, lex, j, start)
    return None
