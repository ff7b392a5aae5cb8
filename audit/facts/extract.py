"""Everything one text states, assembled: publication, dates, quantities, attributions, claims.

The parts stand in files of their own; this one knows only their order and which of them work in
which language.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from audit import model
from audit.facts.attribution import attributions
from audit.facts.claims import statements
from audit.facts.dates import dates
from audit.facts.figures import Figure, figures
from audit.facts.gist import NO_GIST, Gist, gist
from audit.facts.memberships import memberships
from audit.facts.names import Name, names
from audit.facts.offices import offices
from audit.facts.published import published as published_of
from audit.facts.quantities import quantities
from audit.facts.stances import stances
from audit.facts.statement import Statement
from audit.facts.words import words_of
from audit.rules import Rules
from audit.tokens import Text


@dataclass(frozen=True)
class Facts:
    """What one text states. ``names``, ``statements`` (the claims, with more of their sentence)
    ``figures`` (numbers with the words of their clause), ``gist`` (what the text is about, where
    it has numbers) and ``standings`` (offices, memberships, stances) are what comparing needs;
    they are not part of any public record."""

    published: model.Published
    dates: list[model.Timex]
    quantities: list[model.Quantity]
    attributions: list[model.Attribution]
    claims: list[model.Claim]
    names: list[Name]
    statements: list[Statement]
    figures: list[Figure]
    gist: Gist = NO_GIST
    standings: list[Statement] = field(default_factory=list)


def extract(
    text: Text,
    *,
    title: str | None,
    published: str | None,
    url: str | None,
    language: str,
    rules: Rules,
) -> Facts:
    """The facts of one text. ``published`` is ISO 8601 as given, ``language`` an ISO 639-1 code.

    Dates, quantities, attributions and claims are read in English only; elsewhere they are empty
    and only the publication date is told, from what was given.
    """
    when = published_of(text, given=published, url=url, title=title)
    if language not in ("en", "und"):
        return Facts(when, [], [], [], [], [], [], [])
    found_dates = dates(text, when, rules)
    found_quantities = quantities(text, rules, dates=found_dates)
    found_attributions = attributions(text, rules)
    found_names = names(text, rules)
    counted = figures(text, found_quantities, found_names, rules, when, found_dates)
    made = statements(text, found_names, found_dates, found_quantities, found_attributions, rules)
    return Facts(
        when,
        found_dates,
        found_quantities,
        found_attributions,
        [statement.claim for statement in made],
        found_names,
        made,
        counted,
        gist(text, found_dates, words_of(rules), when) if found_quantities or counted else NO_GIST,
        [
            *offices(text, found_names),
            *memberships(text, found_names, rules),
            *stances(text, found_names, found_dates, found_attributions),
        ],
    )
