"""What a number counts: a unit first, then people by what befell them, then the noun after it.

The file is long because the three are tried in turn on one number, over the same small readers.
"""

from __future__ import annotations

from audit.facts.counting import Number, Page, breaks, gap, is_human, is_person, plural
from audit.facts.numerals import CODES, NUMBER
from audit.facts.plurals import singular
from audit.facts.role_words import ROLES

# Slot, unit, first token, end token.
Placed = tuple[str, str | None, int, int]
_THINGS = frozenset("homes houses buildings cars jobs points goals dogs cats birds cattle".split())


_WHOSE = frozenset("the its his her their".split())
_AMONG = frozenset("including among mostly most many some both all".split())
_ASIDE = 16  # tokens between commas or dashes, at most
_LOADED = frozenset("deadweight metric gross short long".split())  # tons
_VERBS = frozenset("says is has was does goes gives takes makes comes leaves includes".split())


def measured(page: Page, first: int, last: int, number: Number) -> Placed | None:
    """Money, percentages, magnitudes, ages, votes and units of measure."""
    words, letters, lex = page.words, page.letters, page.lex
    size = len(words)
    begin = first
    if first and letters[first - 1] == "$":
        begin = first - 1
        sign = page.plain[page.starts[begin]]
        code = lex.currency.get(sign, "USD")
        if begin and words[begin - 1] in ("us", "a", "c", "hk") and not gap(page, begin):
            begin -= 1
            code = lex.currency.get(words[begin] + "$", code)
        return "money", code, begin, last
    after = words[last] if last < size else ""
    at = last + 1 if after == "-" and last + 1 < size else last
    word = words[at] if at < size else ""
    if word in ("%", "percent", "percents") or (
        word == "per" and words[at + 1 : at + 2] == ["cent"]
    ):
        stop = at + (2 if word == "per" else 1)
        if words[stop : stop + 1] and words[stop] in ("point", "points"):
            return "percentage", "pp", begin, stop + 1
        return "percentage", "%", begin, stop
    if word == "percentage" and words[at + 1 : at + 2] and words[at + 1].startswith("point"):
        return "percentage", "pp", begin, at + 2
    if word == "magnitude" or word == "richter":
        return "magnitude", None, begin, at + 1
    for back in (1, 2, 3):
        if first >= back and words[first - back] == "magnitude":
            if not {",", ".", ";"} & set(words[first - back : first]):
                return "magnitude", None, first - back, last
            break
    if word == "on" and words[at + 1 : at + 3] == ["the", "richter"]:
        return "magnitude", None, begin, last
    if number.value <= 130 and number.value == int(number.value):
        age = _age(page, first, last)
        if age:
            return age
    named = " ".join(words[at : at + 2])
    if " " in named and named in lex.currency:
        return "money", lex.currency[named], begin, at + 2
    if word in lex.currency and letters[at] != "$":
        code = lex.currency[word]
        if code.isupper():
            return "money", code, begin, at + 1
    if word == "of" and words[at + 1 : at + 2] and letters[last - 1] == "h":
        code = lex.currency.get(words[at + 1], "")
        if code.isupper():
            return "money", code, begin, at + 2
    if begin and words[begin - 1] in CODES:
        return "money", lex.currency[words[begin - 1]], begin - 1, last
    if word == "square" and words[at + 1 : at + 2] and words[at + 1] in lex.measure:
        return "area", lex.measure[words[at + 1]][1] + "2", begin, at + 2
    if word == "cubic" and words[at + 1 : at + 2] and words[at + 1] in lex.measure:
        return "volume", lex.measure[words[at + 1]][1] + "3", begin, at + 2
    if word == "nautical" and words[at + 1 : at + 2] in (["miles"], ["mile"]):
        return "distance", "nmi", begin, at + 2
    if word in _LOADED and at + 2 < size and words[at + 1] in ("-", *lex.measure):
        to = at + 1 + (words[at + 1] == "-")
        if lex.measure.get(words[to]) == ("weight", "t"):
            return "weight", "t", begin, to + 1
    if word in lex.measure and not (at > last and gap(page, at)):
        slot, unit = lex.measure[word]
        stop = at + 1
        if slot == "weight" and unit == "lb" and number.scaled:
            return "money", "GBP", begin, stop
        if slot == "distance" and words[stop : stop + 2] == ["per", "hour"]:
            return "speed", unit + "/h", begin, stop + 2
        if slot == "temperature":
            scale = words[stop] if stop < size else ""
            scales = {
                "celsius": "°C",
                "centigrade": "°C",
                "fahrenheit": "°F",
                "c": "°C",
                "f": "°F",
            }
            if scale in scales:
                return slot, scales[scale], begin, stop + 1
        if word in ("foot", "meter", "metre", "mile") and number.value != 1 and at == last:
            return slot, unit, begin, stop
        return slot, unit, begin, stop
    if word in ("votes", "vote"):
        return "votes", None, begin, at + 1
    return None


_SORTS = ("man", "woman", "boy", "girl")
_BIRTHDAY = ([","], ["."], ["in"], ["on"], ["this"], ["last"], ["next"], ["earlier"])


def _age(page: Page, first: int, last: int) -> Placed | None:
    """63-year-old, aged 63, 63 years old; a name, its age between commas."""
    words, letters = page.words, page.letters
    tail = words[last : last + 6]
    if tail[:2] == ["-", "year"] and "old" in tail[2:4] + [t for t in tail if t == "olds"]:
        stop = last + tail.index("old") + 1
        return "age", "year", first, stop
    if tail[:2] in (["years", "old"], ["year", "old"]) or tail[:3] == ["years", "of", "age"]:
        return "age", "year", first, last + (3 if tail[1] == "of" else 2)
    if first and words[first - 1] in ("aged", "age"):
        return "age", "year", first - 1, last
    if first > 1 and words[first - 1] in ("just", "only") and words[first - 2] == "aged":
        return "age", "year", first - 2, last
    if first and words[first - 1] in ("turned", "turns") and tail[:1] in _BIRTHDAY:
        return "age", "year", first, last
    of_a_man = first > 1 and words[first - 1] == "of" and words[first - 2] in _SORTS
    if of_a_man and tail[:1] in ([","], ["."], ["who"]):
        return "age", "year", first, last  # "the driver, a man of 58, was hurt"
    if first > 1 and (words[last] if last < len(words) else ".") in (".", ",", "and", "when"):
        told = words[first - 2 : first]
        if told in (["age", "of"], ["who", "is"], ["who", "turned"], ["who", "turns"]):
            return "age", "year", first, last
        opens = first == 2 or letters[first - 3] in "|." or words[first - 3] == '"'
        known = told[0] in ("he", "she") and told[1] in ("was", "is")
        if opens and known and words[last : last + 1] in (["."], [","]):
            return "age", "year", first, last
    only = first > 2 and words[first - 1] in ("just", "only", "now")
    comma = first - 1 - only if first > 1 else 0
    if (
        comma > 0
        and (not only or page.plain[page.starts[comma - 2]].isupper())  # after a full name
        and letters[comma] == ","
        and last < len(words)
        and words[last] in (",", ".")
        and page.plain[page.starts[first]].isdigit()
        and gap(page, first) == " "
        and (page.plain[page.starts[comma - 1]].isupper() or words[comma - 1] in ROLES)
        and letters[comma - 1] in "0j"
        and words[comma - 1] not in page.lex.currency
        and words[last + 1 : last + 2] != [","]
        and words[first].isdigit()  # not 20/1
        and int(words[first]) >= 5
    ):
        return "age", "year", first, last
    return None


def person(page: Page, lead: int, first: int, last: int) -> Placed | None:
    """Slots of people: by the state told after them, the act before them, or their noun."""
    words, lex = page.words, page.lex
    after = state_after(page, last)
    if after and not _place(page, first, last, after[1]):
        return after[0], None, first, after[1]
    told = not lex.nouns.isdisjoint(words[last : last + 2])
    for entry in lex.people if told else ():
        if last < len(words) and words[last] in entry.noun:
            rate = words[last + 1 : last + 2] == ["per"]
            return None if rate else (entry.slot, None, first, last + 1)
        if (
            last + 1 < len(words)
            and words[last + 1] in entry.noun
            and page.letters[last] in "0j"
            and words[last] not in lex.words["stop"]
            and words[last] not in ("fewer", "less", "such")
        ):
            return entry.slot, None, first, last + 2
    head = lead - 1 - (page.words[lead - 1] == "of") if lead > 1 else 0
    if head and page.words[head] == "population" and noun_after(page, last)[1] is None:
        return "count:person", None, first, last
    return _before(page, lead, first, last)


def _place(page: Page, first: int, last: int, end: int) -> bool:
    """Whether what is counted is where it happened: "officers in 3 cities wounded"."""
    before = page.words[first - 1] if first else ""
    return (
        before in ("in", "at", "near", "across")
        and not any(
            is_person(page, at) or page.words[at] in page.lex.states
            for at in range(last, last + 1)
            if at < len(page.words)
        )
        and end > last
    )


def state_after(page: Page, last: int) -> tuple[str, int] | None:
    """The slot and end of "24 (people were) killed", "12 of the dead"."""
    words, letters, lex = page.words, page.letters, page.lex
    size = len(words)
    person, aux, stop = lex.words["person"], lex.words["aux"], lex.words["stop"]
    at, nouns, helped, noun_end, reach = last, 0, False, last, last + 9
    while at < size and at < reach:
        word = words[at]
        if word in lex.states:
            for entry in lex.people:
                for phrase in entry.state.get(word, ()):
                    end = at + len(phrase)
                    if tuple(words[at:end]) != phrase:
                        continue
                    if words[at - 2 : at] == ["of", "the"] and words[end : end + 1] == ["died"]:
                        return "killed", end + 1  # "three of the wounded died"
                    if not helped and nouns and _acts(page, at, end):
                        return None
                    if not helped and not nouns and _modifies(page, word, end):
                        continue
                    return entry.slot, end if not helped else noun_end or last
            return None
        if word in ("of", "the", "those", "them") and nouns == 0 and at < last + 3:
            at += 1
            continue
        if nouns == 0 and at == last + 2 and words[at - 1] in _WHOSE and letters[at] in "dnw":
            at += 1  # "eleven of the 15 suspects"
            continue
        if nouns and not helped and letters[at] in ",-":
            past = _aside(page, at)
            if past:
                at, reach = past, past + 6
                continue
        alone = words[last - 1] in ("one", "1")
        if word in ("was", "is", "has") and nouns and not alone and plural(page, at - 1):
            return None  # "dozens of children was": they are not its subject
        if word in aux:
            helped = helped or word not in ("also", "still", "as", "to")
        elif helped or letters[at] in "|,.$%" or word in stop or not word.isalpha():
            if word == "-" and not helped and not gap(page, at):
                return None
            return None
        else:
            nouns += 1
            noun_end = at + 1
            if nouns > 4 and word not in person:
                return None
        at += 1
    return None


def _aside(page: Page, at: int) -> int | None:
    """The token after what is told between commas or dashes: "people, including a boy, were"."""
    words, letters = page.words, page.letters
    dash = letters[at] == "-"
    here = at + 1
    if dash and words[here : here + 1] == ["-"]:
        here += 1
    elif dash and not (gap(page, at) and gap(page, at + 1 if at + 1 < len(words) else at)):
        return None
    if not dash and words[here : here + 1] and words[here] not in _AMONG:
        return None
    for end in range(here + 1, min(len(words), here + _ASIDE)):
        if letters[end] in ".|":
            return None
        if letters[end] == ("-" if dash else ",") and (not dash or gap(page, end)):
            end += 1 + (dash and words[end + 1 : end + 2] == ["-"])
            finite = end < len(words) and words[end] in (
                "were",
                "was",
                "are",
                "have",
                "had",
                "died",
            )
            if finite:
                return end
            if dash:
                return None
    return None


def _acts(page: Page, at: int, end: int) -> bool:
    """Whether a verb after a noun is active: what follows is its object."""
    if end >= len(page.words):
        return False
    if page.words[at] in ("dead", "missing", "homeless", "died", "die", "dying", "perished"):
        return False
    following = page.words[end]
    capital = page.plain[page.starts[end]].isupper()
    return (
        page.letters[end] in "dnYwhaTB"
        or following in page.lex.words["object"]
        or (capital and page.letters[end] == "0")
    )


def _modifies(page: Page, word: str, end: int) -> bool:
    """Whether a state right after a number only modifies a noun: "two missing words"."""
    if word == "dead":
        return end < len(page.words) and plural(page, end) and not is_person(page, end)
    if word in ("killed", "injured", "hurt", "wounded", "dying"):
        return False
    return end < len(page.words) and plural(page, end) and not is_person(page, end)


def _before(page: Page, lead: int, first: int, last: int) -> Placed | None:
    """ "killing 24", "death toll rose to 27", "the dead included 3 children"."""
    words, lex = page.words, page.lex
    at = lead
    while at and words[at - 1] in ("another", "the", "other", "a", "all", "these"):
        at -= 1
    previous = words[at - 1] if at else ""
    back = at
    while back and back > at - 6 and words[back - 1] in lex.words["link"]:
        back -= 1
    linked = back < at or previous in ("toll", ":")
    if not linked and previous not in lex.acts:  # most often
        return None
    stop, noun = noun_after(page, last)
    human = noun is None or noun in lex.words["person"] or words[first] != "one"
    for entry in lex.people:
        for phrase in entry.act.get(previous, ()):
            if tuple(words[at - len(phrase) : at]) != phrase:
                continue
            if phrase[0] in entry.needs_person and not (
                is_human(page, noun)
                if noun
                else entry.slot != "killed" and _last_of_clause(page, last)
            ):
                continue
            if noun in _THINGS or _counts_thing(page, last):
                continue
            if human:
                return entry.slot, None, first, stop
    if not linked:
        return None
    for entry in lex.people:
        for size in (0, 1, 2, 3, 4):
            # The toll's own words, with its "from the quake" between it and its verb.
            here = back - size
            if here <= 0 or (size and words[here] in (".", ",", "|")):
                break
            for phrase in entry.toll.get(words[here - 1], ()):
                if tuple(words[here - len(phrase) : here]) == phrase:
                    return entry.slot, None, first, stop
    return None


def _last_of_clause(page: Page, last: int) -> bool:
    """Whether "police detained 115" ends there, with nothing named that was counted."""
    return last >= len(page.words) or page.letters[last] in ".,|" or page.words[last] == ";"


def _counts_thing(page: Page, at: int) -> bool:
    if at >= len(page.words):
        return False
    word = page.words[at]
    return word in page.lex.measure or page.letters[at] in "%uUqPEDM"


def _ends(page: Page, at: int) -> bool:
    """Whether a noun phrase cannot go on with a word."""
    return page.words[at] in page.lex.words["stop"] or page.words[at] in page.lex.states


def _past_code(page: Page, at: int) -> int:
    """The token after a model's code before a noun: "seven AK-47 rifles", "12 AK 47 guns"."""
    words = page.words
    joined = words[at + 1 : at + 2] == ["-"]
    code, then = at + 1 + joined, at + 2 + joined
    if then >= len(words) or not words[code].isdigit() or not words[then].isalpha():
        return at
    name = page.plain[page.starts[at] : page.ends[at]]
    return then if name.isupper() and name.isalpha() and len(name) < 5 else at


def _codes(page: Page, at: int) -> tuple[int, str] | None:
    """Where models told by their code in the plural end, and the code: "seven AK-47s", "two
    747s"."""
    words, begin = page.words, at
    name = page.plain[page.starts[at] : page.ends[at]] if at < len(words) else ""
    if name.isalpha() and name[0].isupper() and name[-1].isupper() and len(name) < 5:
        at += 1 + (words[at + 1 : at + 2] == ["-"])
    digits = words[at] if at < len(words) else ""
    if not (digits.isdigit() and (at > begin or len(digits) == 3)):
        return None
    if words[at + 1 : at + 2] != ["s"] or gap(page, at + 1):
        return None
    return at + 2, f"{name.lower()}-{digits}" if at > begin else digits


def noun_after(page: Page, last: int) -> tuple[int, str | None]:
    """Where the noun phrase after a number ends, and its head: the first plural there."""
    words, letters, lex = page.words, page.letters, page.lex
    codes = _codes(page, last)
    if codes:
        return codes
    at = _past_code(page, last)
    reach = at + 6
    while at < len(words) and at < reach:
        word = words[at]
        if (word in lex.states and at > last) or breaks(page, at):
            break
        if word == "other" and letters[at + 1 : at + 2] == "0" and not _ends(page, at + 1):
            at += 1  # "three other automatic rifles": what is counted comes later
            continue
        if letters[at] in "0jSPEHxhZ~UV" and word not in lex.words["stop"]:
            if plural(page, at):
                end = at + 1
                if end < len(words) and letters[end] == "p":
                    return last, None
                # The head may come later: "12 sports clubs".
                if (
                    end < len(words)
                    and letters[end] == "0"
                    and words[end] not in lex.words["stop"]
                    and plural(page, end)
                    and words[end] not in _VERBS
                    and (word not in lex.words["person"] or word in ("other", "police"))
                    and not breaks(page, end)
                ):
                    return end + 1, words[end]
                return end, word
            at += 1
        elif word == "and" and at > last and _shared_head(page, at):
            at += 1  # "6,400 bus and tram drivers"
        elif (word == "-" and not gap(page, at) and at > last) or (
            letters[at] in "MD" and at > last - 1 and not gap(page, at).count("\n")
        ):
            at += 1
        else:
            break
    return last, None


def _shared_head(page: Page, at: int) -> bool:
    """Whether a noun after "and" and another one is the head of both: "bus and tram drivers"."""
    words, letters, stop = page.words, page.letters, page.lex.words["stop"]
    return (
        letters[at + 1 : at + 3] == "00"
        and words[at + 1] not in stop
        and not plural(page, at + 1)
        and plural(page, at + 2)
        and words[at + 2] not in _VERBS
    )


def counted(page: Page, first: int, last: int, number: Number) -> Placed | None:
    """``count:`` and the head noun; for a part of a total, the total's noun."""
    words, letters, lex = page.words, page.letters, page.lex
    at = last
    if words[at : at + 2] == ["-", "odd"]:
        at += 2  # "1,900-odd employees"
    if words[at : at + 1] == ["strong"]:
        return "count:person", None, first, at + 1
    if at < len(words) and words[at] == "-" and not gap(page, at):
        strong = words[at + 1 : at + 2] == ["strong"]
        return ("count:person", None, first, at + 2) if strong else None
    shooting = first > 1 and words[first - 1] in ("fired", "firing")
    if shooting and words[at : at + 1] == ["times"] and words[first - 2] not in lex.words["aux"]:
        return "count:shot", None, first, at + 1
    if first > 1 and words[first - 1] in ("in", "of", "-") and _ratio(page, first):
        return None
    if words[at : at + 2] == ["of", "the"] or words[at : at + 2] == ["of", "its"]:
        at += 2
        match = NUMBER.match(letters, at)
        if match:
            at = match.end()
        elif words[first] == "one":
            return None
    elif words[at : at + 1] == ["of"] and (letters[first] in "hka" or number.scaled):
        at += 1
    elif words[at : at + 1] == ["of"] and number.value > 1:
        match = NUMBER.match(letters, at + 1)  # "17 of 19 counts"
        if match is None or words[at + 1] in ("a", "an"):
            return None
        at = match.end()
    stop, noun = noun_after(page, at)
    if noun is None:
        if number.value == 1 and words[last : last + 1] and is_person(page, last):
            return f"count:{singular(words[last])}", None, first, last + 1
        return None
    if noun in lex.words["hollow"] or noun in lex.measure:
        return None
    if words[first] == "one" and number.value == 1:
        return None
    return f"count:{singular(noun)}", None, first, stop


def _ratio(page: Page, first: int) -> bool:
    """Whether a number ends a ratio: one in five, one out of three, seven-in-ten."""
    before = page.words[max(0, first - 3) : first]
    return (
        (before[-1] == "in" and page.letters[first - 2] in "dnwY")
        or before[-2:] == ["out", "of"]
        or before == ["-", "in", "-"]
    )
