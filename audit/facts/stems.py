"""Words cut to what their forms share, so that a synonym is never taken for a difference."""

from __future__ import annotations

from functools import lru_cache

STOP = frozenset(
    """the a an this that these those he she it they we i you his her its their our my your him them
    us who which what whom whose when where why how is are was were be been being am do does did
    done doing has have had having will would shall should can could may might must of in on at by
    for from with about over against into under between during after before without to until
    since than as and or but nor so if because while although though also only just even still
    there here one ones any some all both each every other another such more most much many very
    too own same well get got been s t ever never not no known called named own up out off down
    then now""".split()
)


# Past forms that share no beginning with their verb.
_IRREGULAR = dict(
    pair.split(":")
    for pair in """won:win wins:win winner:win winners:win winning:win lost:lose made:make
    began:begin begun:begin wrote:write written:write sold:sell built:build left:leave took:take
    taken:take gave:give given:give held:hold led:lead met:meet ran:run sang:sing sung:sing
    spoke:speak spoken:speak stood:stand taught:teach thought:think told:tell went:go gone:go
    bought:buy fought:fight brought:bring caught:catch chose:choose chosen:choose came:come
    became:become drew:draw drawn:draw fell:fall fallen:fall flew:fly flown:fly froze:freeze
    grew:grow grown:grow kept:keep knew:know known:know rose:rise risen:rise sent:send shot:shoot
    sat:sit slept:sleep spent:spend stole:steal stolen:steal struck:strike swore:swear sworn:swear
    threw:throw thrown:throw wore:wear worn:wear broke:break broken:break drove:drive driven:drive
    ate:eat eaten:eat hid:hide hidden:hide rode:ride ridden:ride sank:sink sunk:sink swam:swim
    died:die dying:die dies:die dead:die death:die married:marry marriage:marry""".split()
)


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word cut to the part its forms share: enough for matching, not a linguist's stem."""
    low = word.casefold().removesuffix("'s")
    low = _IRREGULAR.get(low, low)
    if len(low) == 4 and low[-1] == "s" and low[-2] not in "aisu":
        return low[:-1]  # acts, cars
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly",
                   "ors", "or", "ion", "ions", "ment", "ian", "al", "s", "y", "e"):  # fmt: skip
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            low = low[: -len(ending)]
            break
    return low if len(low) < 5 or low[-1] != low[-2] else low[:-1]


def is_content(word: str) -> bool:
    return word not in STOP and len(word) > 2
