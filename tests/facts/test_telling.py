"""Numbers and ties in the words an editor uses."""

import pytest

from audit.facts import events, telling


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (7.0, "7"),
        (2.5, "2.5"),
        (12_500, "12,500"),
        (140_000_000, "140 million"),
        (2_500_000_000, "2.5 billion"),
        (1e15, "1e+15"),
    ],
)
def test_a_number_is_written_as_an_editor_writes_it(value: float, words: str) -> None:
    assert telling.figure(value) == words


def test_every_tie_has_words() -> None:
    ties = {name for name, weight in events.WEIGHTS.items() if weight > 0}
    assert ties - {"rare"} == set(telling.TIES)
    same = events.Identity(0.9, (("prior", -1.2), ("theme", 1.9), ("head", 0.7), ("story", 2.0)))
    assert telling.ties_of(same) == "what it is about, the story"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("United States relation", "United States"),
        ("Court of Appeals", "Court of Appeals"),
        ("de Vrba", "de Vrba"),
        ("parliament", ""),
        ("KV-90", "KV-90"),
    ],
)
def test_a_role_is_told_by_its_name_alone(name: str, words: str) -> None:
    assert telling.proper(name) == words
