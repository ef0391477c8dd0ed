import pytest

from discuss.classify.evaluation.folder import as_json
from discuss.classify.evaluation.measuring import evaluate
from discuss.classify.evaluation.obfuscation import EVERY, TELLING
from discuss.classify.evaluation.yardsticks import Yardsticks


@pytest.fixture(scope="module")
def report(corpus, keywords):
    return evaluate(corpus, keywords)


def line(report, source, against=None, label="toxic"):
    (found,) = [
        one for one in report.results if (one.source, one.against, one.label) == (source, against, label)
    ]
    return found


def kept_out(corpus, source):
    return list(corpus.of("test", [source]))


def test_only_rows_kept_out_of_training_are_measured(report, corpus):
    rows = kept_out(corpus, "c3_news_en")
    found = line(report, "c3_news_en")
    assert 0 < found.rows == len(rows) < 400
    assert found.positives == sum(row.labels["toxic"] for row in rows)


def test_a_model_that_is_right_about_everything_is_told_so(report):
    found = line(report, "c3_news_en")
    assert (found.auc, found.average_precision, found.recall, found.false_alarms) == (1, 1, 1, 0)
    assert found.held == pytest.approx(found.positives / found.rows)


def test_what_is_missed_lowers_recall(report, corpus):
    rows = [row for row in kept_out(corpus, "ru_toxic_2ch_pikabu") if row.labels["toxic"]]
    rude = sum("болван" in row.text for row in rows)
    assert 0 < rude < len(rows)
    assert line(report, "ru_toxic_2ch_pikabu").recall == pytest.approx(rude / len(rows))


def test_positives_alone_are_set_against_ordinary_comments_of_their_language(report, corpus):
    found = line(report, "ru_toxic_ok_positives", "ru_toxic_2ch_pikabu")
    ordinary = [row for row in kept_out(corpus, "ru_toxic_2ch_pikabu") if not row.labels["toxic"]]
    assert found.rows - found.positives == len(ordinary) > 0
    assert 0.5 < found.auc < 1
    assert found.held == found.recall


def test_telegram_spam_is_set_against_comments_and_against_news(report):
    for against in ("ru_toxic_2ch_pikabu", "ru_telegram_news"):
        assert line(report, "ru_telegram_spam_positives", against, "spam").auc == 1


def test_a_language_that_is_not_covered_is_not_measured(report):
    assert {one.language for one in report.results} == {"ru", "en"}
    assert set(report.thresholds) == {"ru", "en"}


def test_all_rows_of_a_probe_are_looked_at(report):
    found = {(one.source, one.label): (one.rows, one.held) for one in report.probes}
    assert found["ru_news_stance_comments", "toxic"] == (4, 0.25)
    assert found["ru_telegram_news", "spam"] == (50, 0)


def test_counts_at_the_thresholds_add_up(report):
    (found,) = [one for one in report.confusion if (one.label, one.language) == ("toxic", "ru")]
    sources = [
        line(report, "ru_toxic_2ch_pikabu"),
        line(report, "ru_toxic_ok_positives", "ru_toxic_2ch_pikabu"),
    ]
    assert found.held_rightly + found.missed == sum(one.positives for one in sources)
    assert found.held_wrongly == 0
    assert found.missed > 0


def test_calibration_is_told_for_both_languages(report):
    assert {one.language: one.base_rate for one in report.calibration} == {"en": None, "ru": 0.08}
    assert all(one.expected_error < 0.12 for one in report.calibration)


def test_the_worst_mistakes_are_told_by_kind_and_id(report):
    (found,) = [one for one in report.mistakes if (one.label, one.language) == ("toxic", "ru")]
    assert found.direction == "missed"
    assert found.kinds["short"] + found.kinds["middling"] == found.worst == found.mistakes
    assert all(one.startswith("ru_toxic_") for one in found.ids)


def test_no_text_of_the_data_is_in_a_report(report, corpus):
    told = as_json(report).decode()
    assert [row.id for row in corpus.examples if row.text in told and row.source != "bias_madlibs_en"] == []


def test_every_identity_term_with_enough_rows_is_compared_with_the_others(report):
    assert report.bias.rows == 160
    assert {group.term for group in report.bias.groups} == {"muslim", "gay"}
    assert all(0.99 < group.bpsn <= 1 and 0.99 < group.bnsp <= 1 for group in report.bias.groups)


def test_a_word_for_a_group_that_counts_as_rude_shows_in_the_measures(corpus, keywords):
    unfair = evaluate(corpus, type(keywords)(rude=("fool", "gay", "чечен")))
    groups = {group.term: group for group in unfair.bias.groups}
    assert groups["gay"].bpsn < 0.7 < groups["gay"].bnsp
    held = {one.group: one.neutral_held for one in unfair.named}
    assert {group for group, share in held.items() if share} == {"чеченцы"}
    assert held["чеченцы"] == 1


def test_disguises_that_hide_the_word_are_told_from_those_that_do_not(report):
    kept = {(one.label, one.language, one.words, one.kind): one.kept for one in report.obfuscation}
    assert kept["toxic", "ru", EVERY, "starred"] == 0
    assert kept["toxic", "ru", TELLING, "starred"] == 0
    assert kept["spam", "ru", EVERY, "punctuated"] == 0
    assert (
        "toxic",
        "en",
        EVERY,
        "transliterated",
    ) not in kept  # English has nothing to transliterate into Latin letters


def test_only_the_telling_words_are_hidden_where_the_model_can_say_which(report):
    lines = {
        one.words: one for one in report.obfuscation if one.label == "toxic" and one.kind == "spaced out"
    }
    assert lines[TELLING].recall_plain == 1  # nothing to hide where nothing was found
    assert "spam" not in {one.label for one in report.obfuscation if one.words == TELLING}


def test_a_text_that_is_no_language_any_more_is_counted_as_unscored(report):
    (found,) = [
        one for one in report.obfuscation
        if (one.label, one.language, one.words, one.kind) == ("toxic", "ru", EVERY, "spaced out")
    ]  # fmt: skip
    assert found.unscored == 0
    assert found.recall_disguised == 0


def test_other_packages_stand_beside_the_model_on_the_same_rows(corpus, keywords):
    toxic = {row.id: float(row.labels.get("toxic", 0)) for row in corpus.examples}
    some = {row.id: 1.0 for row in corpus.examples if row.source == "c3_news_en"}
    beside = Yardsticks({"oracle": toxic, "constant": some, "offers:spam": toxic})
    report = evaluate(corpus, keywords, beside)
    assert line(report, "c3_news_en").yardsticks == {"oracle": 1, "constant": 0.5}
    assert line(report, "ru_toxic_2ch_pikabu").yardsticks == {"oracle": 1}
    assert set(line(report, "ru_telegram_spam_positives", "ru_telegram_news", "spam").yardsticks) == {
        "offers"
    }


def test_two_evaluations_give_the_same_report(corpus, keywords, report):
    assert as_json(evaluate(corpus, keywords)) == as_json(report)
