"""Texts that name groups of people and say nothing about them.

No head may hold a name by itself against a text, however often it stands among abuse.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from discuss.classify.group_names import names

_LONGEST = 60
"""Characters. Longer texts say something."""

_ELSE = re.compile(r"[^\w\s.,!?;:'\"«»“”„…–—-]|[\d_]")
_WORD = re.compile(r"[^\W\d_]+")

# Here and below, words that say nothing: none that denies or addresses, for "no more of them" and "you are one of them" say something.
_ENGLISH = (
    "a an the and or of in on at to from with by for is are was were be been am i we they he she it this that these those his her its "
    "their our my here there who people person other others many some both too also"
)
_RUSSIAN = (
    "и или в во на с со у к ко о об от до по из за для это эта этот эти тот та те я мы он она они оно его её ее их наш наша наши мой моя "
    "мои здесь тут там есть был была были люди народ человек"
)
_GERMAN = (
    "der die das den dem des ein eine einen einem einer und oder von in im an am aus mit für ist sind war waren ich wir sie er es dies "
    "diese dieser das viele alle ihre unsere meine hier dort wer leute menschen mensch"
)
_PORTUGUESE = (
    "o a os as um uma uns umas e ou de do da dos das em na nas com por para são é era eram foram eu nós eles elas ele ela este esta isso "
    "muitos muitas aqui ali quem povo pessoas pessoa gente"
)
_RELIGIONS = "islam christianity judaism buddhism hinduism ислам ислама христианство иудаизм буддизм индуизм православие католицизм"
# Without names that are English too, among which words like "die" and "no" would be English.
_GERMAN_NAMES = (
    "muslime muslimen moslems juden jude christen türken türke türkin araber syrer afghanen ausländer ausländern flüchtlinge flüchtlingen "
    "asylanten asylant asylbewerber migranten einwanderer deutsche deutschen russen russe polen pole frauen frau männer mann schwule "
    "schwulen lesben homosexuelle schwarze schwarzen afrikaner kurden iraker ukrainer amerikaner franzosen chinesen israelis "
    "behinderte behinderten rentner jugendliche ossis wessis katholiken protestanten atheisten transsexuelle mohammedaner "
    "palästinenser albaner serben bulgaren rumänen christentum judentum buddhismus"
)
_PORTUGUESE_NAMES = (
    "negros negro negra negras mulheres mulher homens homem lésbicas lésbica judeus judeu judia muçulmanos muçulmano cristãos cristão "
    "evangélicos evangélico católicos católico índios índio indígenas nordestinos nordestino baianos imigrantes imigrante refugiados "
    "venezuelanos venezuelano bolivianos haitianos argentinos portugueses português brasileiros brasileiro idosos idoso deficientes "
    "travestis homossexuais homossexual ateus africanos árabes chineses japoneses asiáticos russos ucranianos americanos islamismo "
    "cristianismo judaísmo"
)


class Tongue(NamedTuple):
    names: frozenset[str]
    every: frozenset[str]


def of_names_only(texts: Sequence[str]) -> frozenset[int]:
    """The places of such texts."""
    return frozenset(place for place, text in enumerate(texts) if len(text) <= _LONGEST and _only_names(text))


def _only_names(text: str) -> bool:
    if _ELSE.search(text):
        return False
    told = frozenset(_WORD.findall(text.lower()))
    return any(told <= tongue.every and not told.isdisjoint(tongue.names) for tongue in _tongues())


@cache
def _tongues() -> Sequence[Tongue]:
    known = names() | frozenset(_RELIGIONS.split())
    lists = (
        (known, _ENGLISH),
        (known, _RUSSIAN),
        (frozenset(_GERMAN_NAMES.split()), _GERMAN),
        (frozenset(_PORTUGUESE_NAMES.split()), _PORTUGUESE),
    )
    return [Tongue(named, named | frozenset(others.split())) for named, others in lists]
