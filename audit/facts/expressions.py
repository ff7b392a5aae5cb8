"""The grammar of English time expressions: which tokens make one.

Each entry of ``GRAMMAR`` is a regular expression over the letters of ``audit.facts.scan`` and the
function that gives type and value. Entries are tried in order at each token; the first that
matches wins, so longer shapes stand above shorter ones. Values follow TimeML 1.2.1 (TIMEX3).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from audit.facts.absolute import (
    century,
    decade,
    full,
    half_or_quarter,
    holiday,
    iso,
    month_only,
    nine_eleven,
    numeric,
    spoken_month,
    year_only,
    year_words,
)
from audit.facts.periods import (
    edge,
    quarter,
    the_unit,
    this_quarter,
    unit_ago,
    unit_deictic,
    year_earlier,
)
from audit.facts.relative import (
    clock_time,
    day_from,
    day_number,
    day_part,
    deictic,
    season,
    weekday,
    weekend,
)
from audit.facts.resolve import Context, Outcome, Parts
from audit.facts.spans import (
    bare_units,
    coming,
    current,
    duration,
    duration_tail,
    frequency,
    rate,
    recent,
    reference,
    repeated,
    span_of_units,
    the_past,
)

# Every repeat is bounded, so that no run of letters makes a search quadratic.
_CARD = r"(?:[dnY](?:-?f|&f)?h?|w(?:-?w)?h{0,3}(?:&?w(?:-?w)?){0,2}|ah{1,3}|h|f)"
_RANGE = rf"(?:{_CARD}(?:(?:&|-){_CARD})?)"
_COUNT = rf"(?:{_RANGE}|a?k(?:O|j)?)"
_U = "[uUqsQ]"
_MD = r"M(?:d|o)(?:,?Y)?"
_DM = r"(?:T?o|d)O?M(?:,?Y)?"
_FULL = rf"(?:D,?(?:{_MD}|{_DM})|{_MD}|{_DM})"
_CLK = r"B?(?:(?:c|d|n|Y)(?:Az?|z)|c|K)"
_SPOKEN = r"(?:ww-?w|w-?w-?w|ww|wh&?w(?:-w)?)"
# Shapes of entries: (name, letters, function).
GRAMMAR: list[tuple[str, str, Callable[[Context, Parts], Outcome]]] = [
    ("iso", "I", iso),
    ("numeric", "(?<![$])N", numeric),
    ("clock", rf"{_CLK}(?:,?(?:{_FULL}|D|y))?", clock_time),
    ("partof", rf"e?T?PO(?:{_FULL}|[LXC]?D)", day_part),
    ("fullpart", rf"e?{_FULL},?P", day_part),
    ("spokenmonth", rf"e?M{_SPOKEN}", spoken_month),
    ("monthyear", r"(?:e-?|TbO|bO)?(?:T?[LXC]{1,2})?M,?O?(?:TuO)?Y(?![%h])", full),
    ("full", rf"B?e?{_FULL}(?![%h])", full),
    ("deictic", r"e?y(?:P|,?(?:d|c)A)?", deictic),
    ("weekday", r"(?:e?|T)[LXC]?DP?", weekday),
    ("monthset", r"v(?:M|D)", repeated),
    ("month", r"(?:T?bO|e-?)?(?:T?[LXC]{1,2})?M", month_only),
    ("quarterof", r"e?(?:T?[LXC]up)(?:Z-?)?[os]-?(?:q|F)", quarter),
    (
        "quarteryear",
        r"e?T?Y(?:Z-?)?[os]-?[qF]|e?T?(?:Z-?)?[os]-?Z?[qF](?:O?Z?Y|OT?[LXC]u)",
        quarter,
    ),
    ("quarteradj", r"(?<=T)(?:Z-)?[os]-q(?=0)", quarter),
    (
        "quarter",
        r"e?(?:T(?![os]-q0))?(?:Z-?)?[os]-?Z?q|T[os]-?F(?:O(?:TuO)?(?:Y|T?[LXC]?u))?",
        quarter,
    ),
    ("dayfrom", "Tugy", day_from),
    ("period", "W(?:O?Y)?", half_or_quarter),
    ("daynumber", "(?<=i)To(?=[.,|1&i]|$)", day_number),
    ("attacks", "f", nine_eleven),
    ("unitsago", "UG", recent),
    ("quarteryearly", r"TY(?:q|r)|T?[LXC]up(?:q|r)", quarter),
    ("yearagounits", rf"Tu-?[Ge]{_CARD}U", duration_tail),
    ("yearago", r"Tu-?[Ge](?:q|r)|u-[Ge](?:q|r)?|(?:Tq|Tr)auG", year_earlier),
    ("latest", r"T(?:l|C)(?:q|r)|Tq", this_quarter),
    ("ago", rf"B?(?:a|{_COUNT})(?:j|-)?{_U}j?(?:G|e(?!{_U}))", unit_ago),
    ("spanunits", rf"T?[LXl]{_COUNT}-?j?(?:{_U}|S|P|E)", span_of_units),
    ("fiscal", r"T[lLCX]?Zu(?!Y)", unit_deictic),
    ("firstunits", rf"T(?:[os]|L|X){_CARD}-?j?{_U}", duration),
    ("unit", r"(?:ei?|TbO|bO)?T?[LXCt][uqQ](?!p?[os]-?q)", unit_deictic),
    ("earlierin", r"eiT[uq]", edge),
    ("edge", r"B?(?:TbO(?:T?[uq]|T?Y|T?9)|bOT?[uq]|up?-?b|bO?Y)", edge),
    ("past", r"(?<=i)TL", the_past),
    ("setunits", rf"v{_COUNT}?-?{_U}", repeated),
    ("partset", r"vP", day_part),
    ("part", r"(?:eiT|e?T?[LXCt]|T)P", day_part),
    ("weekend", r"(?:e?T?[LXCtv]?)E", weekend),
    ("season", r"(?:e-?|TbO)?T?[LXCtv]S(?:O?Y)?|(?:e-?)T?S(?:O?Y)?|T?S(?:O?Y)|(?<=i)TS", season),
    ("holiday", r"(?:T?[LXCv])?H(?:,?Y)?", holiday),
    ("decade", r"T?(?:e-?)?9", decade),
    ("century", r"T?(?:e-?)?[os]-?Q", century),
    ("fiscalyear", r"(?:e-?)?T?Zu?Y", year_only),
    ("halves", rf"aFu|Fau|F-u|(?:a|{_CARD})[uU]&aF|{_CARD}&aF{_U}", duration),
    ("recent", r"T?[CL]?~U", recent),
    ("coming", r"T?[XL]U", coming),
    ("adjective", rf"{_COUNT}-(?:j-)?[uUqs](?:-j)?(?![Fx]|-?x)", duration),
    ("duration", rf"B?(?:T(?!{_CARD}-u))?{_COUNT}-?j?{_U}(?!-?x)", duration),
    ("rate", r"(?<=[0Uhn%dnY])au(?=[.,1|0&i])", rate),
    ("aunit", r"B?aj?u(?!-?x|-[Ge])", duration),
    ("theyear", r"Tu(?=[.,|10&ip])", the_unit),
    ("unitslong", r"[Uu]-j|(?<=[i&0])U(?=[.,|10])", bare_units),
    ("reference", "R", reference),
    ("currentalone", "C(?=0)", current),
    ("frequency", "V", frequency),
    ("yearwords", rf"(?:Tu)?{_SPOKEN}(?![%hUuq])|Tuwh", year_words),
    ("year", r"(?<!\$)(?:(?:e-?|B|TbO|bO|Tu|u)?Y)(?![%hUuqx$]|-[wUu]|,n)", year_only),
]
# The letters that expressions begin with are matched first, so that a search looks for these only;
# some begin one only before certain letters, some never before another word.
_BEGINS = (
    r"[YdnwhfFaosCkBMDuUqQPKcWESH9yLlXTtveb~ZRVIN](?:(?<![TBtawkondhevXbLsZ~])|(?<=[TB])(?=[^01.,|])"
    r"|(?<=t)(?=[uqQPES])|(?<=a)(?=[uUkhFjsqQ~])|(?<=[wkondhevXbLsZ~])(?!0))"
)
# Then the entries are tried, from before that letter. The group that tells the entry stands empty
# behind its shape, and tells its end: an entry that begins with a plain letter is then passed over
# without being tried.
_ENTRIES = "|".join(f"(?:{shape})(?P<{name}>)" for name, shape, _ in GRAMMAR)
PATTERN = re.compile(f"{_BEGINS}(?<=(?={_ENTRIES}).)")
HANDLER = {name: handler for name, _, handler in GRAMMAR}
