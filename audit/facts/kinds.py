"""What kind of source a phrase names: a person, a body, or somebody the reader cannot know."""

from __future__ import annotations

from typing import Literal

from audit.facts.cue_words import DETERMINERS, PREPOSITIONS, PRONOUNS, Lexicon, Tokens

Kind = Literal["named", "institution", "anonymous", "vague", "pronoun"]

_POSSESSIVES = frozenset("his her its their my our your".split())
_QUANTIFIERS = frozenset(
    "some many most several few all others everyone everybody nobody no-one both each".split()
)
# Words that stand for a body only where they have a capital: the White House, the Post.
_CAPITAL = frozenset(
    """white post times news state states house press journal guardian herald tribune nations center
    centre center service fund board city district county group team club school office force
    party union republicans democrats congress council""".split()
) - frozenset("party union council congress office board team group".split())
# "People close to the talks", "a person briefed on the plan": nobody the reader can ask.
_PEOPLE = frozenset("people persons person someone somebody those individuals officials a".split())
_KNOWING = frozenset("close briefed knowledge".split())
_SPEAKERS = frozenset("spokesman spokeswoman spokesperson spokespeople".split())


def kind_of(toks: Tokens, lex: Lexicon, source: tuple[int, int] | None) -> Kind:
    """The kind of the phrase from word to word; without one the attribution is vague.

    An appositive or clause after a comma does not count: "Hill, who leads the agency" is a person.
    """
    if source is None:
        return "vague"
    first, last = source
    if first == last and (toks.lower[first] in PRONOUNS or toks.lower[first] in _PRONOUN_LIKE):
        return "pronoun"
    for i in range(first, last):
        if i - first and toks.lower[i] in ("who", "which"):
            last = i - 1
            break
        if "," in toks.between[i + 1] and toks.lower[i] not in ("rep", "sen"):
            last = i
            break
    words = toks.lower[first : last + 1]
    bare = [w.removesuffix("'s").removesuffix("'") if "'" in w else w for w in words]
    if len(words) == 1 and (words[0].split("'")[0] in PRONOUNS or words[0] in _PRONOUN_LIKE):
        return "pronoun"
    if len(words) == 1 and words[0] in lex.sources["pronouns"]:
        return "pronoun"
    opening = toks.first[toks.sentence[first]]
    capital = toks.capital[first : last + 1]
    if opening == first and (bare[0] in DETERMINERS or bare[0] in PREPOSITIONS):
        capital[0] = False
    bodies = lex.sources["institution"]
    body = [w in bodies and (w not in _CAPITAL or capital[n]) for n, w in enumerate(bare)]
    head = _head(bare)
    hidden = not lex.sources["anonymous"].isdisjoint(bare[: head + 1]) or (
        "familiar" in bare or (bare[0] in _PEOPLE and not _KNOWING.isdisjoint(bare))
    )
    if _person(toks, first, capital, body, bare, lex):
        return "named"
    if hidden:
        return "anonymous"
    if not _SPEAKERS.isdisjoint(bare):
        return "institution"
    if any(body[: head + 1]):
        return "institution"
    if bare[0] in _QUANTIFIERS or bare[head] in lex.sources["vague"]:
        return "vague"
    possessed = any(w.endswith(("'s", "s'")) for w in words[:head]) or bare[0] in _POSSESSIVES
    if any(capital):
        if not capital[head] and (_plural(bare[head]) or bare[0] in ("a", "an", "one")):
            return "vague" if _plural(bare[head]) else "anonymous"
        if sum(capital) == 1 and first == opening == last and _plural(bare[0]):
            return "named" if toks.known(words[0]) else "vague"
        if toks.plain[slice(*toks.spans[first + head])].isupper() and capital[head]:
            return "institution"
        return "named"
    if _plural(bare[head]):
        return "vague"
    if bare[0] in ("the", "this", "that") or possessed:
        return "named"
    return "anonymous" if bare[0] in ("a", "an", "one", "another") else "vague"


_PRONOUN_LIKE = frozenset("one that this these those".split())


def _head(bare: list[str]) -> int:
    """The index of the head noun: the word before the first preposition."""
    for n, word in enumerate(bare):
        if n and word in PREPOSITIONS:
            return n - 1
    return len(bare) - 1


def _plural(word: str) -> bool:
    return word in ("people", "men", "women", "police", "media") or (
        word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    )


def _person(
    toks: Tokens,
    first: int,
    capital: list[bool],
    body: list[bool],
    bare: list[str],
    lex: Lexicon,
) -> bool:
    """Whether two names stand side by side that no word for a body claims."""
    run = 0
    for n, up in enumerate(capital):
        if up and not body[n] and bare[n] not in lex.sources["anonymous"]:
            run += 1
            closes = n + 1 == len(capital) or not capital[n + 1] or toks.gap(first + n).strip()
            if run >= 2 and closes and not toks.lower[first + n].endswith(("'s", "s'")):
                return True
        elif up:
            run = -9 if n + 1 < len(capital) and not capital[n + 1] else 0
        elif not (bare[n] in ("de", "van", "von", "al", "bin", "la", "el", "da", "di") and run):
            run = 0
    return False
