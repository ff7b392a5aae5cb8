"""Who says what, on sentences of our own."""

import time

import pytest

from audit import rules as rulebook
from audit.facts.attribution import attributions
from audit.tokens import Text

RULES = rulebook.load()

# text, cue, source, content, kind
CASES = [
    (
        '"The bridge is safe," said Orla Venn, the chief engineer.',
        "said",
        "Orla Venn, the chief engineer",
        '"The bridge is safe,"',
        "named",
    ),
    (
        "The ministry said that the bridge was safe.",
        "said",
        "The ministry",
        "that the bridge was safe",
        "institution",
    ),
    (
        "Venn announced the bridge would open in May.",
        "announced",
        "Venn",
        "the bridge would open in May",
        "named",
    ),
    (
        "The bridge was closed on Monday, officials said.",
        "said",
        "officials",
        "The bridge was closed on Monday",
        "anonymous",
    ),
    (
        "According to the Port Authority, two ferries collided.",
        "According to",
        "the Port Authority",
        "two ferries collided",
        "institution",
    ),
    (
        "Two ferries collided, Captain Ida Moss told reporters.",
        "told",
        "Captain Ida Moss",
        "Two ferries collided",
        "named",
    ),
    (
        "She said the ferries had collided.",
        "said",
        "She",
        "the ferries had collided",
        "pronoun",
    ),
    (
        "Orla Venn, who built the bridge, said it was safe.",
        "said",
        "Orla Venn, who built the bridge",
        "it was safe",
        "named",
    ),
    (
        "Critics say the bridge is ugly.",
        "say",
        "Critics",
        "the bridge is ugly",
        "vague",
    ),
]


@pytest.mark.parametrize(("raw", "cue", "source", "content", "kind"), CASES)
@pytest.mark.parametrize("curly", [False, True])
def test_attribution(raw: str, cue: str, source: str, content: str, kind: str, curly: bool) -> None:
    if curly:
        raw, content = (s.replace(' "', " “").replace(',"', ",”") for s in (raw, content))
        raw, content = (("“" + s[1:]) if s[0] == '"' else s for s in (raw, content))
    (found,) = attributions(Text(raw), RULES)
    assert found.cue and raw[found.cue.start : found.cue.end] == cue
    assert found.source and raw[found.source.start : found.source.end].rstrip(",") == source
    assert [raw[s.start : s.end] for s in found.content] == [content]
    assert found.kind == kind


def test_a_quotation_nobody_answers_for() -> None:
    raw = 'It was cold. "We had to burn the chairs to get warm." The stove was old.'
    (found,) = attributions(Text(raw), RULES)
    assert found.cue is None and found.source is None
    assert raw[found.content[0].start : found.content[0].end].startswith('"We had')


def test_a_continued_quotation_is_one_attribution() -> None:
    raw = '"The bridge is safe," Venn said. "It has stood for a century."'
    (found,) = attributions(Text(raw), RULES)
    assert [raw[s.start : s.end] for s in found.content] == [
        '"The bridge is safe,"',
        '"It has stood for a century."',
    ]


@pytest.mark.parametrize(
    "raw", ["", "\ud800 said \x00", '"' * 5000, "said " * 5000, "'a " * 5000, '"a\n' * 3000]
)
def test_hostile_input_costs_its_length(raw: str) -> None:
    began = time.process_time()
    for one in attributions(Text(raw), RULES):
        assert one.kind
    assert time.process_time() - began < 5
