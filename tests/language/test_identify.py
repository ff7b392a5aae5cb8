"""Language identification: codes, foreign passages, sameness in any batch, hostile input."""

from __future__ import annotations

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from audit.article import Article
from audit.checks import foreign_passage
from audit.language.identify import identify
from audit.language.ngrams import probabilities
from audit.language.second import langdetect, sample
from audit.model import Published
from audit.rules import Rules
from audit.tokens import Text

ENGLISH = (
    "The harbour board of Eastmere met on Tuesday to settle who pays for the new breakwater. "
    "Members said the work would take two winters and that the fishing fleet could stay."
)
SENTENCES = {
    "en": "The council will vote on the new budget next week.",
    "de": "Der Stadtrat wird nächste Woche über den neuen Haushalt abstimmen.",
    "fr": "Le conseil municipal votera la semaine prochaine le nouveau budget.",
    "es": "El ayuntamiento votará la próxima semana el nuevo presupuesto.",
    "cs": "Zastupitelstvo bude příští týden hlasovat o novém rozpočtu.",
    "ru": "Городской совет на следующей неделе проголосует за новый бюджет.",
    "uk": "Міська рада наступного тижня проголосує за новий бюджет.",
    "zh": "市议会将于下周对新的预算进行表决。",
    "ja": "市議会は来週、新しい予算案について採決する。",
    "hr": "Gradsko vijeće sljedeći će tjedan glasovati o novom proračunu.",
    "is": "Bæjarstjórnin greiðir atkvæði um nýju fjárhagsáætlunina í næstu viku.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_known_whole_and_by_its_first_forty_characters(code: str) -> None:
    sentence = SENTENCES[code]
    assert [one.code for one in identify([sentence, sentence[:40]])] == [code, code]


def test_the_scores_are_those_of_py3langid() -> None:
    held = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    texts = [*SENTENCES.values(), ENGLISH, "ALL IN CAPITALS AND ENGLISH"]
    for text, row in zip(texts, probabilities(texts), strict=True):
        code, sure = held.classify(text)
        assert held.nb_classes[int(row.argmax())] == code
        assert row.max() == pytest.approx(sure, abs=0.01)


@pytest.mark.parametrize("text", ["", " \n", "12 345.6 %", "?!", "\x00\x01", "\ud800", "A1"])
def test_what_cannot_be_told_is_und(text: str) -> None:
    assert identify([text])[0].code == "und"


@pytest.mark.parametrize(
    "text", ["Xi Jinping", "Vladimir Putin", "Nokia, Ericsson, Siemens", "BBC"]
)
def test_names_alone_are_of_no_language_unless_the_input_says(text: str) -> None:
    assert identify([text])[0].code == "und"
    first = identify(["The harbour is shut"])[0]
    assert first.code == "en"


def test_a_foreign_sentence_is_a_span() -> None:
    for code in ("de", "fr", "es", "cs", "ru", "zh"):
        text = f"{ENGLISH} {SENTENCES[code]} Work starts in May, the board said."
        found = identify([text])[0]
        assert found.code == "en"
        assert [(text[m.start : m.end], m.code) for m in found.mixed] == [(SENTENCES[code], code)]


def test_a_foreign_quotation_inside_a_sentence_is_a_span() -> None:
    quote = "nous avons attendu cette décision depuis plus de dix ans"
    text = f"{ENGLISH} The mayor, Odile Fabrègue, told reporters “{quote}” and left the hall."
    assert [text[m.start : m.end] for m in identify([text])[0].mixed] == [quote]


@pytest.mark.parametrize(
    "text",
    [
        f"{ENGLISH} Results: Jarkko Väänänen, Zbigniew Szczęsny, José Ángel Núñez, Çağla Yıldız.",
        f"{ENGLISH} He ordered the coq au vin, then a crème brûlée.",
        f"{ENGLISH} “Sacrebleu!” cried Herr Doktor von Weißenfels of the Süddeutsche Zeitung.",
        f"{ENGLISH} See https://exemple.fr/le-conseil-municipal-votera-la-semaine-prochaine now.",
    ],
)
def test_names_dishes_and_addresses_are_no_foreign_passages(text: str) -> None:
    assert identify([text])[0].mixed == []


def test_the_batch_and_its_order_change_nothing() -> None:
    texts = [*SENTENCES.values(), ENGLISH, "", ENGLISH + SENTENCES["ru"]]
    together = identify(texts)
    assert together == [identify([text])[0] for text in texts]
    assert together == identify(texts[::-1])[::-1]


def test_what_the_input_declares_settles_only_what_the_text_leaves_open() -> None:
    assert identify([ENGLISH], ["de"])[0].code == "en"
    open_ = "Vlada je danas usvojila novi zakon."
    assert identify([open_], ["sr"])[0].code == "sr"


def test_langdetect_is_seeded_and_reads_a_fixed_sample() -> None:
    text = " ".join([ENGLISH] * 20)
    assert len(sample(text)) <= 400 and sample(text) in text
    assert langdetect(sample(text)) == langdetect(sample(text))
    assert max(langdetect(ENGLISH)) == "en"
    assert langdetect("12 34") == {}


def test_a_long_single_line_takes_linear_time() -> None:
    assert identify(["to " * 300_000])[0].mixed == []
    assert identify(["。" * 100_000])[0].code == "und"
    assert identify([". " * 200_000 + '"' * 1000])[0].code == "und"


def test_the_check_quotes_the_passage() -> None:
    text = f"{ENGLISH} {SENTENCES['de']}"
    article = Article("a", None, None, Text(text), identify([text])[0], Published())
    rules = Rules(patterns=(), checks={}, scoring={}, facts={}, digest="")
    (finding,) = foreign_passage.find(article, rules)
    assert finding.quote == SENTENCES["de"] == text[finding.start : finding.end]
