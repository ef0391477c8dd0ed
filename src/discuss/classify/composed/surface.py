"""Leave out what readers leave out when they type in haste: the first capital and the final punctuation."""

from random import Random

_LOWERED = 0.35
_STOPLESS = 0.45
_MARKLESS = 0.15


def varied(sentence: str, chance: Random) -> str:
    return _ended(_begun(sentence, chance), chance)


def _begun(sentence: str, chance: Random) -> str:
    first, rest = sentence[:1], sentence[1:]
    if chance.random() >= _LOWERED:
        return first.upper() + rest
    shouted = rest[:1].isupper()  # an abbreviation stays one
    return (first if shouted else first.lower()) + rest


def _ended(sentence: str, chance: Random) -> str:
    dropped = chance.random()
    if sentence.endswith("..."):
        return sentence
    if sentence.endswith("."):
        return sentence[:-1] if dropped < _STOPLESS else sentence
    return sentence.rstrip("!?") if dropped < _MARKLESS else sentence
