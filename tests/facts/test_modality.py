"""The status of a statement, on sentences of our own: the trigger stands between « and »."""

import pytest

from audit import rules as rulebook
from audit.facts.modality import status
from audit.tokens import Text

RULES = rulebook.load()

CASES = [
    ("Orlandia «bought» twelve trams.", "asserted"),
    ("Orlandia has «bought» twelve trams.", "asserted"),
    ("Orlandia will «buy» twelve trams next year.", "planned"),
    ("Orlandia plans to «buy» twelve trams.", "planned"),
    ("Orlandia to «buy» twelve trams", "planned"),
    ("The toll climbed to «22».", "asserted"),
    ("The toll is expected to climb to «22».", "predicted"),
    ("The toll may climb to «22».", "considered"),
    ("Orlandia is to «buy» twelve trams.", "planned"),
    ("The mayor said the city would «buy» twelve trams.", "planned"),
    ("The city agreed on Monday to «buy» twelve trams.", "planned"),
    ("The council is planning to close the yard and «sell» the land.", "planned"),
    ("Orlandia has no plans to «buy» trams.", "negated"),
    ("Orlandia does not plan to «buy» trams.", "negated"),
    ("Orlandia is considering «buying» trams.", "considered"),
    ("Orlandia is considering the «purchase» of trams.", "considered"),
    ("Orlandia may «buy» trams.", "considered"),
    ("If Orlandia «buys» trams, fares will rise.", "considered"),
    ("The council debated whether the firm «sold» the land.", "considered"),
    ("The opposition proposed to «close» the yard.", "proposed"),
    ("The proposed «closure» of the yard drew crowds.", "proposed"),
    ("Unions called for the «closure» of the yard.", "proposed"),
    ("Its neighbour threatened to «impose» tariffs.", "threatened"),
    ("Its neighbour threatened «tariffs» on wool.", "threatened"),
    ("The firm denied «selling» the land.", "denied"),
    ("The firm denied that it had «sold» the land.", "denied"),
    ("The firm denies it «sold» the land.", "denied"),
    ("Contrary to reports the firm «sold» nothing.", "denied"),
    ("The «attack» never happened.", "denied"),
    ("The firm did not «sell» the land.", "negated"),
    ("The firm didn't «sell» the land.", "negated"),
    ("The firm never «sold» the land.", "negated"),
    ("The firm did not «sell» the land until March.", "asserted"),
    ("The firm denied that it had «sold» the land because of the strike.", "asserted"),
    ("The mayor denied he had «dismissed» the clerk in retaliation for a report.", "asserted"),
    ("The firm no longer «sells» wool.", "negated"),
    ("The firm refused to «sell» the land.", "negated"),
    ("The firm failed to «deliver» the trams.", "negated"),
    ("The trams have yet to be «delivered».", "negated"),
    ("No one was «killed» in the fire.", "negated"),
    ("There was no «attack» on the bridge.", "negated"),
    ("The «sale» was called off.", "negated"),
    ("The minister ruled out «buying» trams.", "negated"),
    ("It left without «signing» the treaty.", "negated"),
    ("The «sale» is expected next month.", "predicted"),
    ("The firm is expected to «sell» the land.", "predicted"),
    ("Prices are likely to «fall» in spring.", "predicted"),
    ("The firm managed to «sell» the land.", "asserted"),
    ("The firm did not fail to «deliver» the trams.", "asserted"),
    ("The firm did not only «sell» the land but the mill.", "asserted"),
    ("The firm was forced to «sell» the land.", "asserted"),
    ("The man is alleged to have «sold» the land.", "asserted"),
    ("The mayor denied the rumour, and the firm «sold» the land.", "asserted"),
    ("He said the firm, which did not bid, «sold» the land.", "asserted"),
    ("The «delivery» began in July.", "asserted"),
    ("The «delivery» would begin in May, the firm said.", "planned"),
    ("Holt refuses to be an «actor».", "negated"),
    ("Holt is not an «actor».", "negated"),
    ("Holt is an «actor».", "asserted"),
    ("Holt avoided being «arrested».", "negated"),
    ("Holt denies having «sold» the land.", "denied"),
    ("Holt was married in May and «sold» the land.", "asserted"),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_status(marked: str, expected: str) -> None:
    start = marked.index("«")
    end = marked.index("»") - 1
    text = Text(marked.replace("«", "").replace("»", ""))
    found, cue = status(text, start, end, RULES)
    assert found == expected
    assert (cue is None) == (expected == "asserted")


def test_the_cue_is_named() -> None:
    text = Text("Orlandia has no plans to buy trams.")
    found = status(text, text.raw.index("buy"), text.raw.index("buy") + 3, RULES)[1]
    assert found is not None and text.raw[found.start : found.end] == "no"


def test_hostile_input() -> None:
    for raw in ("", "\ud800 to buy", "to " * 20_000 + "buy", '"(;' * 10):
        text = Text(raw)
        for at in (0, len(raw)):
            assert status(text, at, at + 3, RULES)[0]
