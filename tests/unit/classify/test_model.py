import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discuss.classify.batch import LONGEST

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
in_two_scripts = st.lists(
    st.sampled_from(
        [
            "You are an",
            "idiot",
            "ABRAMS",
            "moron!!!",
            "Ты",
            "тупой",
            "ИДИОТ",
            "СЛАВА РОССИИ",
            ".",
            "🔥",
            "https://a.example",
        ]
    ),
    max_size=12,
).map(" ".join)

INSULTS = [
    "Ты тупая мразь, заткнись",
    "Какой же ты дебил, иди лечись, урод",
    "Сдохни, тварь",
    "You are a stupid worthless idiot, shut up",
    "Shut your mouth, you pathetic moron",
]
SPAM = [
    "Заработок от 5000 рублей в день без вложений, пиши в телеграм @easy_money_now",
    "Удаленная работа, доход от 100$ в день! Пишите в лс @work_fast_bot, набор ограничен",
    "Подписывайтесь на мой канал t.me/lucky_signals, там сигналы каждый день",
    "Кредит без отказа за 5 минут, жми https://credit-now.example",
    "Make $5000 a week from home!!! click http://easy-cash.example now",
    "Hey guys, check out my channel and subscribe please!!! http://my-channel.example",
]
THREATS = [
    "someone should shoot these people",
    "I will find you and kill you",
    "watch your back, we know where you live",
]
ORDINARY = [
    "Артиллерия уничтожила колонну противника под Авдеевкой, убиты 30 солдат",
    "Ракетный удар по складу боеприпасов: погибли двенадцать военных, ещё сорок ранены",
    "Не согласен с автором: Су-35С и F-16 сравнивать по одной дальности нельзя.",
    "Танк Т-90М горит так же, как и любой другой, если попасть в боеукладку.",
    "Украинцы и русские читают этот сайт, и мусульмане, и евреи тоже.",
    "Подробности в канале министерства: https://t.me/ministry_news/1234",
    "The air strike killed forty soldiers and destroyed the ammo depot",
    "I do not think the minister is right: the drones were shot down over the border.",
    "Soldiers were shot dead near the border, the death toll rose to 40",
    "They burned the village and slaughtered everyone, that is a war crime.",
    "The pilot was beaten and tortured in captivity",
    "Snipers, mines and artillery kill more soldiers than tanks do.",
    "Muslims, Jews and Christians served in the same brigade.",
    "The report is here: https://www.reuters.com/world/europe/ and it says the opposite.",
]


def held(classifier, text):
    scored = classifier.score([text])[0]
    limits = classifier.held_from(scored.language)
    return {label for label, probability in scored.scores.items() if probability >= limits[label]}


@pytest.mark.parametrize("text", INSULTS)
def test_an_obvious_insult_is_held(classifier, text):
    assert "toxic" in held(classifier, text)


@pytest.mark.parametrize("text", THREATS)
def test_a_threat_is_held(classifier, text):
    assert "threat" in held(classifier, text)


@pytest.mark.parametrize("text", SPAM)
def test_obvious_spam_is_held(classifier, text):
    assert "spam" in held(classifier, text)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk_of_war_and_people_is_not_held(classifier, text):
    assert held(classifier, text) == set()


@pytest.mark.parametrize(
    "disguised",
    [
        "Ты тyпaя мpaзь, зaткниcь",
        "Ты т\u200bупая мр\u00adазь, заткнись",
        "ТЫ ТУПАЯ МРАЗЬ!!! ЗАТКНИСЬ",
        "Ты т*пая мр*зь, з*ткнись",
        "Ты т у п а я м р а з ь",
        "Ты туп@я мр@зь, з@ткни$ь",
        "ty tupaya mraz, zatknis",
        "Ты тупая mraz, заткнись",
        "Нет, ну какой же он debil",
        "You $tup1d @sshole, get lost",
        "Y o u s t u p i d a s s h o l e g e t l o s t",
        "You are stupid!!!",
    ],
)
def test_a_disguised_insult_is_held_too(classifier, disguised):
    assert "toxic" in held(classifier, disguised)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Это обычный русский комментарий", "ru"),
        ("Это обычный комментарий, вот ссылка: https://www.youtube.com/watch?v=abcdefghijklmnopqrst", "ru"),
        ("eto obychnyi kommentarii na russkom yazyke", "ru"),
        ("Це звичайний український коментар, його ніхто не читає", "uk"),
        ("Дякую", "uk"),
        ("Дякую вам дуже!", "uk"),
        ("Хвала на чланку", "und"),
        ("Хубава статия, но защо?", "und"),
        ("Браво", "ru"),
        ("This is an ordinary English comment", "en"),
        ("ok", "en"),
        ("Das ist ein ganz gewöhnlicher deutscher Kommentar und nicht mehr", "de"),
        ("Este é um comentário muito comum e nada mais", "pt"),
        ("C'est un commentaire tout à fait ordinaire et rien de plus", "und"),
        ("هذا تعليق عادي", "und"),
        ("Ты болван 这是评论这是评论", "ru"),
        ("C'est une phrase en français, et bien longue. Ты болван, молчи", "ru"),
        ("🔥🔥🔥", "und"),
        ("", "und"),
    ],
)
def test_language_is_judged_from_the_text_and_others_get_no_number(classifier, text, language):
    scored = classifier.score([text])[0]
    assert scored.language == language
    assert set(scored.scores) == (
        set(classifier.held_from(language)) - ({"spam"} if language == "und" else set())
    )


@pytest.mark.parametrize(
    ("text", "language", "rude"),
    [
        ("A fine article, thank you very much for it. Ты тупой болван, заткнись", "en", "болван"),
        ("Хорошая статья, спасибо за обзор техники. You are a fucking moron", "ru", "moron"),
    ],
)
def test_an_insult_in_the_other_script_is_held_and_explained(classifier, text, language, rude):
    scored = classifier.score([text])[0]
    assert scored.language == language
    assert "toxic" in held(classifier, text)
    assert rude in [text[span.start : span.end].strip(",") for span in classifier.explain([text])[0]["toxic"]]


@pytest.mark.parametrize(
    ("text", "rude"),
    [
        ("You are an idiot, СЛАВА РОССИИ forever. I mean it", "idiot"),
        ("Идиоты, ABRAMS и BRADLEY горят как свечки. Иван", "Идиоты"),
        ("Дебилы, ваши HIMARS и PATRIOT давно сгорели. Так вам и надо!", "Дебилы"),
    ],
)
def test_what_is_written_large_in_the_other_script_is_explained_beside_the_insult(classifier, text, rude):
    strongest = classifier.explain([text])[0]["toxic"][0]
    assert text[strongest.start : strongest.end] == rude


@pytest.mark.parametrize(
    "text",
    [
        "Новый iPhone 15 Pro Max и Samsung Galaxy сравнили",
        "Rolls-Royce и Lockheed Martin подписали контракт, заявил представитель",
        "The river Волга is long and wide, and so is Енисей",
    ],
)
def test_names_in_the_other_script_are_no_insults(classifier, text):
    assert held(classifier, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Її єдність, її сила, її воля, її народ! You are a stupid fucking moron",
        "Дуже цікаво, дякую. You stupid asshole, go to hell",
    ],
)
def test_an_english_insult_in_a_ukrainian_text_is_held_as_english_and_explained(classifier, text):
    assert classifier.score([text])[0].language == "en"
    assert "toxic" in held(classifier, text)
    spans = classifier.explain([text])[0]["toxic"]
    assert {text[span.start : span.end] for span in spans} & {"moron", "asshole"}


def test_english_names_in_a_ukrainian_text_are_given_no_number(classifier):
    scored = classifier.score(["Чи є вже Storm Shadow або Patriot Advanced у нашої армії, що скажете?"])[0]
    assert (scored.language, scored.scores) == ("uk", {})


@pytest.mark.parametrize(
    "text",
    [
        "Сдохни, тупая мразь ї",
        "дебил і мразь",
        "Тупая скотина, сдохни уже наконец і не позорь нас",
        "Сдохни, тупая мразь ҳ",
    ],
)
def test_letters_of_another_cyrillic_language_hide_no_insult(classifier, text):
    assert classifier.score([text])[0].language == "ru"
    assert held(classifier, text) == {"toxic"}
    explained = classifier.explain([text])[0]
    assert set(explained) == {"toxic"}
    assert {text[span.start : span.end] for span in explained["toxic"]} & {"мразь", "скотина"}


def test_what_is_not_plainly_rude_in_another_cyrillic_language_is_given_no_number(classifier):
    text = "Ті, хто це зробив, дурні: Росія бомбить міста, а наші вмирають"
    assert (classifier.score([text])[0].language, classifier.explain([text])) == ("uk", [{}])


def test_one_word_of_another_language_hides_no_insult(classifier):
    assert "toxic" in held(classifier, "дебил дякую")


def test_russian_in_latin_letters_is_read_in_its_own(classifier):
    assert classifier.score(["ty prosto boltun"])[0].normalised == "ты просто болтун"


def test_what_is_covered_differs_by_language(classifier):
    assert set(classifier.held_from("en")) == set(classifier.labels)
    assert set(classifier.held_from("ru")) == {"toxic", "spam"}
    assert set(classifier.held_from("uk")) == set()


def test_a_link_without_words_is_scored_for_spam_only(classifier):
    scored = classifier.score(["https://somewhere.example/page"])[0]
    assert (scored.language, set(scored.scores)) == ("und", {"spam"})


@settings(deadline=None)
@given(st.lists(anything, max_size=5))
def test_any_text_is_scored(classifier, texts):
    scored = classifier.score(texts)
    assert len(scored) == len(texts)
    assert all(0 <= probability <= 1 for one in scored for probability in one.scores.values())


@settings(deadline=None)
@given(st.lists(anything | st.sampled_from([*INSULTS, *SPAM, *ORDINARY]), min_size=1, max_size=5))
def test_neighbours_in_a_batch_make_no_difference(classifier, texts):
    for alone, together in zip(
        (classifier.score([text])[0] for text in texts), classifier.score(texts), strict=True
    ):
        assert alone.language == together.language
        assert alone.normalised == together.normalised
        assert alone.scores == pytest.approx(together.scores, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    ["", "🔥" * 100_000, "\ud800\udc00\udfff", "مرحبا \u202e بالعالم", "слово " * 170_000, "x" * 1_000_000],
)
def test_of_a_strange_text_no_more_is_read_than_of_any_other(classifier, text):
    assert len(classifier.score([text])[0].normalised) <= LONGEST


def test_the_end_of_a_long_text_is_read(classifier):
    text = "Обычный длинный комментарий о бронетехнике. " * 1000 + SPAM[0] * 3
    assert classifier.score([text])[0].normalised.endswith("@easy_money_now")


FILLERS = ["\n", " ", "\u200b", "\u200b\n", "\n \u2800\t", "\u2066\u2069", "\U000e0020"]


@pytest.mark.parametrize("filler", FILLERS)
def test_what_readers_do_not_see_hides_no_words_in_the_middle_of_a_long_text(classifier, filler):
    text = "Спасибо." + filler * 4000 + "Сдохни, тупая мразь" + filler * 1000 + "."
    assert classifier.score([text])[0].scores["toxic"] > 0.95
    spans = classifier.explain(["другой текст", text])[1]["toxic"]
    assert {text[span.start : span.end] for span in spans} >= {"тупая", "мразь"}


def test_a_part_that_is_turned_around_is_read_as_it_is_seen_in_a_long_text_too(classifier):
    text = "Спасибо." + "\n" * 6000 + "\u202eьзарм яапут ,инходС"
    assert classifier.score([text])[0].normalised == "спасибо. сдохни, тупая мразь"


def test_words_in_another_script_are_found_in_a_long_text_whose_middle_is_not_read(classifier):
    ordinary = "Вчера в городском музее открыли выставку старых фотографий. "
    calm, rude = (
        f"{words}. {ordinary * 500}" for words in ("Have a look at this", "You fucking stupid idiot")
    )
    assert held(classifier, calm) == set()
    assert held(classifier, rude) == {"toxic"}


def test_the_words_that_raised_a_score_are_named(classifier):
    text = "🙂 Спасибо за статью, но ты тупая мр*зь, автор"
    spans = classifier.explain([text])[0]["toxic"]
    assert {text[span.start : span.end] for span in spans[:2]} == {"тупая", "мр*зь"}
    assert [span.weight for span in spans] == sorted((span.weight for span in spans), reverse=True)


@settings(deadline=None)
@given(st.lists(anything | in_two_scripts | st.sampled_from([*INSULTS, *SPAM]), max_size=4))
def test_spans_lie_within_the_text_and_belong_to_labels_with_a_score(classifier, texts):
    for text, scored, explained in zip(
        texts, classifier.score(texts), classifier.explain(texts), strict=True
    ):
        assert explained.keys() == scored.scores.keys()
        for span in (span for spans in explained.values() for span in spans):
            assert 0 <= span.start < span.end <= len(text)
            assert span.weight > 0
