"""The public records: what an editor, a dashboard or a script reads.

Every record is a frozen msgspec structure and JSON-ready. Offsets are half-open and count
characters of the document's text as kept, so that ``text[start:end] == quote`` always holds.
The fields are a contract: later versions may add some, none is renamed or removed.
Nothing here imports another part of the product.
The file is long because a contract is read, and compared with the last one, in one place.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

SCHEMA_VERSION = "1.1"

Group = Literal["reading", "duplication", "language", "facts", "sourcing", "presentation"]
Relation = Literal[
    "identical",
    "copy",
    "altered-copy",
    "partial-copy",
    "round-up",
    "reworded-copy",
    "boilerplate",
    "independent",
]
Status = Literal[
    "asserted",
    "planned",
    "considered",
    "proposed",
    "threatened",
    "denied",
    "negated",
    "predicted",
]
Verdict = Literal[
    "conflict", "class-mismatch", "disputed", "update", "wording", "coexists", "corroborates"
]
CONFLICTS = ("conflict", "class-mismatch", "disputed")
TranslationVerdict = Literal[
    "none", "second-language", "spun", "back-translated", "machine-translated", "template"
]


class AuditError(Exception):
    """A refusal in one sentence a user can act on; ``code`` is the exit code it stands for."""

    code = 2


class RuleError(AuditError):
    """A rule that cannot be used: the sentence names the file, the line and the rule's id."""


class NoDocumentsError(AuditError):
    """The inputs hold no document at all."""

    code = 4


class Record(msgspec.Struct, frozen=True, gc=False):
    """The base of every record: immutable."""


class Span(Record, frozen=True):
    start: int
    end: int


class TextSpan(Span, frozen=True):
    text: str


class Finding(Record, frozen=True, kw_only=True):
    """One thing seen in one document, with the exact quote it was seen in.

    ``id`` survives edits elsewhere in the document; ``confidence`` is a probability;
    ``severity`` 1 counts only in aggregate, 2 is small but clear, 3 is where an editor stops.
    """

    id: str = ""
    document: str = ""
    rule: str
    family: str
    group: Group
    severity: int
    start: int
    end: int
    quote: str
    message: str
    confidence: float


class Published(Record, frozen=True):
    """When a document appeared, as a range of days; ``value`` only where it is known."""

    value: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    method: str | None = None


class Foreign(Span, frozen=True):
    """A passage in another language than its document."""

    code: str


class Language(Record, frozen=True):
    """ISO 639-1 code (``und`` where it cannot be told), its probability, foreign passages."""

    code: str
    confidence: float
    mixed: list[Foreign] = []


class Timex(Span, frozen=True):
    """A time expression: TIMEX3 ``type`` and ``value``, and the days it covers, inclusive."""

    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class Quantity(Span, frozen=True):
    """A number with what it counts (``slot``) and how it is bounded."""

    text: str
    slot: str
    value: float
    value_to: float | None = None
    unit: str | None = None
    bound: Literal["exact", "at_least", "at_most", "about", "between"] = "exact"


class Attribution(Record, frozen=True):
    """Who is made to answer for what: the cue, its source, and the attributed text."""

    cue: Span | None
    source: Span | None
    content: list[Span]
    kind: Literal["named", "institution", "anonymous", "vague", "pronoun"]


class Role(Span, frozen=True):
    """Who or what fills a role of a claim; ``name`` is the name it is known by across documents."""

    text: str
    name: str


class Roles(Record, frozen=True, omit_defaults=True):
    """Who did what to whom, where: only the roles that are filled appear in JSON."""

    agent: Role | None = None
    theme: Role | None = None
    partner: Role | None = None
    place: Role | None = None


class Claim(Span, frozen=True):
    """Something a document says happened, will happen or did not happen.

    ``start``/``end`` span the statement, ``event`` is the id of its event class,
    ``attribution`` the index of the attribution that covers it in the same document.
    """

    event: str
    roles: Roles = Roles()
    qualifier: str | None = None
    date: Timex | None = None
    value: Quantity | None = None
    status: Status = "asserted"
    attribution: int | None = None


class Translation(Record, frozen=True):
    """Whether a text reads as machine-made; ``score`` (0..1) is given also when it abstains."""

    verdict: TranslationVerdict
    score: float


class Note(Record, frozen=True):
    """What ``inspect`` says of one document."""

    id: str
    source: str | None
    words: int
    readability: dict[str, Any]
    published: Published
    language: Language
    dates: list[Timex]
    quantities: list[Quantity]
    attributions: list[Attribution]
    claims: list[Claim]
    findings: list[Finding]
    translation: Translation


class Contained(Record, frozen=True):
    """The share of each side's shingles that the other side holds too."""

    a: float
    b: float


class Passage(Record, frozen=True):
    a: Span
    b: Span
    kind: Literal["verbatim", "edited"]


class Altered(Record, frozen=True):
    """A fact that two copies of one text state differently."""

    kind: Literal["date", "number", "name", "negation", "quote"]
    a: TextSpan
    b: TextSpan


class Quote(Span, frozen=True):
    document: str
    quote: str


class Comparison(Record, frozen=True):
    """Two statements that could be of one event, and what they are to each other."""

    event: str
    kind: Literal["date", "number", "status", "negation", "identity"]
    why: str
    confidence: float
    a: Quote
    b: Quote
    verdict: Verdict


class EventComparison(Comparison, frozen=True):
    """A row of the table of comparisons: with the id of the event it is listed in."""

    event_id: str | None = None


class PairNote(Record, frozen=True):
    """What ``compare`` says of two documents.

    ``similarity`` is the unweighted Jaccard of word-5 shingles (Broder 1997).
    """

    similarity: float
    contained: Contained
    relation: Relation
    credited: bool
    translated: Literal["a", "b"] | None
    translation_margin: float
    passages: list[Passage]
    altered: list[Altered]
    comparisons: list[Comparison]


class Covered(Record, frozen=True):
    """The share of each side's words that stands in shared passages; and of those outside
    quotations, which two reporters have from one speaker (null where there are none)."""

    a: float
    b: float
    unquoted_a: float | None
    unquoted_b: float | None


class Pair(Record, frozen=True):
    """Two documents of the corpus that were verified to share text or story.

    ``covered`` is null where passages were not looked for.
    """

    a: str
    b: str
    relation: Relation
    credited: bool
    similarity: float
    contained: Contained
    translated: str | None
    translation_margin: float
    passages: list[Passage] = []
    altered: list[Altered] = []
    covered: Covered | None = None


class First(Record, frozen=True):
    """Which document of a cluster had the text first, and on what grounds."""

    document: str
    basis: Literal["date", "containment", "credit", "editing"]
    certainty: float


class Cluster(Record, frozen=True):
    id: str
    documents: list[str]
    pairs: list[Pair]
    first: First | None


class EventClaim(Record, frozen=True):
    """A claim within an event, with where it stands."""

    document: str
    source: str | None
    claim: Claim
    quote: str


class Event(Record, frozen=True):
    id: str
    label: str
    claims: list[EventClaim]
    verdict: Verdict | None
    comparisons: list[Comparison]
    independent_sources: int


class Score(Record, frozen=True):
    """0..100, higher is better, with the likely range (90 %); null where evidence is short."""

    value: float | None
    low: float | None
    high: float | None
    state: Literal["scored", "insufficient", "not_applicable"]


class Scores(Record, frozen=True):
    """Reliability is made of the four after ``language``; language quality is never part of it."""

    reliability: Score
    language: Score
    originality: Score
    consistency: Score
    sourcing: Score
    presentation: Score


class Contribution(Record, frozen=True):
    """What one measure adds to one score, in hundredths of a point; they sum to the value."""

    score: str
    measure: str
    hundredths: int
    why: str
    findings: list[str] = []


class CheckFirst(Record, frozen=True):
    """Something worth an editor's minute, most consequential first. ``weight``: what hangs on it
    (0 to 1.6) times how sure it is."""

    why: str
    document: str
    quote: str
    start: int
    end: int
    finding: str | None = None
    event: str | None = None
    confidence: float = 0.0
    weight: float = 0.0


class Source(Record, frozen=True):
    """What a source is worth. ``effective`` counts copies of others' text as fractions; ``alone``
    the grave claims that only it makes and that no named source answers for."""

    id: str
    name: str
    documents: int
    effective: float
    borrowed_share: float | None
    scores: Scores
    contributions: list[Contribution]
    check_first: list[CheckFirst]
    alone: int = 0


class Document(Record, frozen=True):
    """A document as the report lists it; ``text`` is kept for those the report annotates.

    ``not_examined``: what was asked for and could not be done in its language or length:
    families of language rules, facts, sourcing, presentation, copies.
    """

    id: str
    source: str | None
    state: Literal["audited", "skipped", "failed"]
    reason: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    words: int = 0
    published: Published = Published()
    language: Language | None = None
    readability: dict[str, Any] = {}
    translation: Translation | None = None
    cluster: str | None = None
    not_examined: list[str] = []
    findings: int = 0
    text: str | None = None


class InputError(Record, frozen=True):
    """A file or row that could not be read, or a file that was left out, and why."""

    input: str
    reason: str
    kind: Literal["file", "document"] = "file"


class FileCounts(Record, frozen=True):
    found: int
    read: int
    failed: int
    skipped: int = 0


class DocumentCounts(Record, frozen=True):
    found: int
    audited: int
    skipped: int
    failed: int


class Gate(Record, frozen=True):
    """``passed`` is true where no limit was set; ``failed`` lists the limits that were broken,
    ``untested`` those of a score that no source has."""

    passed: bool
    limits: list[str] = []
    failed: list[str] = []
    untested: list[str] = []


class Totals(Record, frozen=True):
    """What was found in all, also where the report lists less: ``clustered`` documents stand in
    ``clusters``; ``severe`` findings are those of severity 3."""

    clusters: int = 0
    clustered: int = 0
    conflicts: int = 0
    corroborations: int = 0
    findings: int = 0
    severe: int = 0


class Summary(Record, frozen=True):
    sentence: str
    files: FileCounts
    documents: DocumentCounts
    gate: Gate
    totals: Totals = Totals()


class Run(Record, frozen=True):
    """How the report came about: all that may differ between two runs on the same input.

    ``parts``: what was run (duplication, facts, language, scores); of another part, none found
    means not looked for. Reports before 0.2.0 do not say.
    """

    tool: str
    formula: str
    rules: str
    settings: str
    inputs: list[str]
    parts: list[str] = []


class Report(Record, frozen=True):
    """The result of an audit; JSON, HTML and the terminal are views of it.

    ``errors`` are what could not be read, ``skipped`` the files that were left out, each with
    its reason; documents that were left out stand in ``documents``.
    """

    schema_version: str
    run: Run
    summary: Summary
    sources: list[Source]
    documents: list[Document]
    findings: list[Finding]
    clusters: list[Cluster]
    events: list[Event]
    errors: list[InputError]
    truncated: dict[str, int]
    skipped: list[InputError] = []

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dicts and lists, as in report.json."""
        return msgspec.to_builtins(self)
