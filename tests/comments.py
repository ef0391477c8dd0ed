"""A small corpus of made-up comments, and a classifier that anybody can check by eye."""

import gzip
import itertools
import json
import re

from discuss.classify.protocol import Scored, Span

WHO = [
    "Сосед",
    "Автор",
    "Редактор",
    "Министр",
    "Учитель",
    "Капитан",
    "Водитель",
    "Депутат",
    "Читатель",
    "Инженер",
]
DOES = ["пишет о погоде", "говорит о выборах", "едет в деревню", "варит кашу", "чинит мост", "читает газету"]
WHERE = [
    "вчера вечером",
    "на площади",
    "у реки",
    "в парке",
    "рано утром",
    "за городом",
    "при всех",
    "под дождём",
]
WHOM = [
    "neighbour",
    "author",
    "editor",
    "minister",
    "teacher",
    "captain",
    "driver",
    "reader",
    "writer",
    "engineer",
]
ACTS = ["writes of rain", "talks of votes", "goes to town", "cooks soup", "mends a bridge", "reads a paper"]
PLACES = [
    "by night",
    "on the square",
    "at the river",
    "in a park",
    "at dawn",
    "out of town",
    "for all",
    "in rain",
]

RUSSIAN = [" ".join(words) for words in itertools.product(WHO, DOES, WHERE)]
ENGLISH = [f"The {' '.join(words)}" for words in itertools.product(WHOM, ACTS, PLACES)]


class Keywords:
    """Calls a text toxic if it contains a rude word, spam if it offers money. Tells Russian and English apart by their letters."""

    name = "keywords"
    version = "1.0.0"
    labels = ("toxic", "spam")

    def __init__(self, rude=("болван", "fool"), threshold=0.5):
        self._rude = rude
        self._threshold = threshold

    def held_from(self, language):
        return dict.fromkeys(self.labels, self._threshold) if language in {"ru", "en"} else {}

    def score(self, texts):
        return [self._scored(text) for text in texts]

    def explain(self, texts):
        return [{"toxic": self._rude_places(text)} for text in texts]

    def _scored(self, text):
        language = "ru" if re.search("[а-я]", text.lower()) else "en" if re.search("[a-z]", text) else "und"
        toxic = 0.9 if self._rude_places(text) else 0.02
        spam = 0.9 if re.search("деньги|money", text.lower()) else 0.01
        return Scored(language, text, {"toxic": toxic, "spam": spam} if self.held_from(language) else {})

    def _rude_places(self, text):
        return [Span(*found.span(), 3.0) for found in re.finditer("|".join(self._rude), text.lower())]


def rows(source, lang, texts, **labels):
    return [
        {"id": f"{source}:{number}-{'-'.join(map(str, labels.values()))}", "text": text, "lang": lang,
         "source": source, "labels": labels, "meta": {"inappropriate": 0.0}}
        for number, text in enumerate(texts)
    ]  # fmt: skip


def madlibs():
    pairs = itertools.product(WHOM, ["muslim", "gay"], ["kind", "clever", "calm", "fool"], ["man", "woman"])
    made = [(f"The {who} is a {how} {term} {sex}", int(how == "fool")) for who, term, how, sex in pairs]
    return [row for text, toxic in made for row in rows(f"bias_madlibs_en:{text}", "en", [text], toxic=toxic)]


def sets():
    rude = [f"{text}, болван" for text in RUSSIAN]
    mild = [f"{text}, пройдоха" for text in RUSSIAN]  # rude to the raters, not to the classifier
    yield (
        "ru_toxic_2ch_pikabu",
        rows("ru_toxic_2ch_pikabu", "ru", RUSSIAN[:200], toxic=0)
        + rows("ru_toxic_2ch_pikabu", "ru", rude[200:340] + mild[340:400], toxic=1),
    )
    yield "ru_toxic_ok_positives", rows("ru_toxic_ok_positives", "ru", rude[:100] + mild[100:200], toxic=1)
    yield (
        "ru_telegram_spam_positives",
        rows(
            "ru_telegram_spam_positives", "ru", [f"Лёгкие деньги: {text}" for text in RUSSIAN[:100]], spam=1
        ),
    )
    yield (
        "c3_news_en",
        rows("c3_news_en", "en", ENGLISH[:300], toxic=0)
        + rows("c3_news_en", "en", [f"{text}, the fool" for text in ENGLISH[300:400]], toxic=1),
    )
    yield "germeval2021_de", rows("germeval2021_de", "de", ["Das ist ein Satz auf Deutsch"], toxic=0)
    yield "ru_telegram_news", rows("ru_telegram_news", "ru", [f"Сегодня {text}" for text in RUSSIAN[:50]])
    yield (
        "ru_news_stance_comments",
        rows(
            "ru_news_stance_comments",
            "ru",
            ["Да он болван", "Спасибо за новость", "Не согласен", "Где пруфы"],
        ),
    )
    for row in (made := madlibs()):
        row["source"] = "bias_madlibs_en"
    yield "bias_madlibs_en", made


def write(folder):
    for source, made in sets():
        with gzip.open(folder / f"{source}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in made)
    return folder
