"""Words that tell Ukrainian, Serbian, Macedonian and Bulgarian from Russian in short texts, where no letter does."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

# None of these is a word in Russian.
_WORDS = {
    "uk": (
        "дякую дякуємо дуже що щоб якщо вже теж також ще чому немає буде були добре або цей цього цьому гарно гарна гарний"
    ),
    "und": (
        "хвала чланак чланку чланка зашто нису као ово овде увек веома можда ништа сте "
        "благодарам многу зошто денес убаво сум беше "
        "това тази тези които който която какво защо няма има още статията хубава хубаво"
    ),
}
_TELLING: Mapping[str, str] = MappingProxyType(
    {word: language for language, words in _WORDS.items() for word in words.split()}
)
_OF_SEVERAL = (
    "а в вам вас во да до за и из их й мне на нам нас не ни но о об од от по с са се со та те то у я"
)
_SHARED = frozenset(_OF_SEVERAL.split())


def told_by_words(words: Sequence[str]) -> str | None:
    """The language that more than half of the words tell, not counting those that several languages share."""
    own = [word for word in words if word not in _SHARED]
    told = [_TELLING[word] for word in own if word in _TELLING]
    return told[0] if 2 * len(told) > len(own) and len(set(told)) == 1 else None
