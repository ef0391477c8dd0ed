"""Words of violence. Shown as one kind to a head that looks for threats, they tell it more than its few lessons could tell about each.

They are in the form in which people threaten, wish and command ("they should hang"), not the one in which violence is
reported ("they were hanged"): a site that writes about war tells of the dead every day.
"""

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch
from discuss.classify.ngrams import Ngrams
from discuss.classify.text import normalised

_ENGLISH = (
    "annihilate assassinate beat behead bleed bomb burn bury butcher castrate choke crucify crush cut decapitate destroy die "
    "dismember drown eliminate end eradicate execute exterminate gas gut hang hunt hurt impale kick kill lynch massacre "
    "murder mutilate neuter nuke poison punch rape shoot skin slap slaughter smack smash stab starve sterilize stomp stone "
    "strangle suffer throw torch torture whip wipe"
)


def columns(ngrams: Ngrams) -> NDArray[np.intp]:
    """The columns of these words, each once."""
    words, _ = ngrams.of(normalised(Batch.of(_ENGLISH.split()))).words
    return np.unique(words[words < ngrams.nothing]).astype(np.intp)
