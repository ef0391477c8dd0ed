"""Names of groups of people: nations, religions, sexes, ages and other things people are born with or believe.

Names only: words of contempt for a group are not in these lists and must not be added.
"""

import re
import tomllib
from itertools import product
from pathlib import Path

from discuss.classify import composed

_ENGLISH = (
    "african asian arab atheist bisexual black blind buddhist canadian catholic chinese christian deaf disabled elderly "
    "european female gay german heterosexual hindu hispanic homosexual immigrant indian japanese jew jewish latina latino "
    "latinx lesbian lgbt lgbtq male mexican migrant millennial muslim nonbinary older paralyzed polish protestant queer "
    "refugee russian sikh straight taoist teenage trans transgender turkish ukrainian white woman women young younger "
    "afghan albanian american austrian azerbaijani bashkir belarusian brazilian british bulgarian chechen croatian cuban czech "
    "danish dutch egyptian englishman estonian ethiopian filipino finnish french georgian greek hungarian indonesian iranian "
    "iraqi irish islamic israeli italian kazakh korean kurd kurdish kyrgyz latvian lebanese libyan lithuanian moldovan mongolian "
    "moroccan nigerian norwegian orthodox ossetian pakistani palestinian persian portuguese romanian saudi scottish serb serbian "
    "shia somali spanish sunni swedish swiss syrian tajik tatar thai tibetan turkmen uyghur uzbek vietnamese yemeni"
)

# Russian inflects. Not every stem with every ending is a word; the rest do no harm, as nobody writes them.
_NOUNS = (
    "абхаз абхазк австриец австрийц азербайджанец азербайджанц азербайджанк албанец албанц американец американц американк "
    "англичанин англичан англичанк араб арабк армянин армян армянк атеист атеистк аутист афганец афганц африканец африканц "
    "африканк бабушк башкир башкирк беженец беженц беженк белорус белоруск бисексуал болгарин болгар болгарк британец британц "
    "британк буддист бурят бурятк венгр венгерк вьетнамец вьетнамц вьетнамк гей гее голландец голландц грек гречанк грузин "
    "грузинк дагестанец дагестанц дагестанк датчанин датчан дедушк еврей евре еврейк европеец европейц египтянин египтян "
    "женщин израильтянин израильтян израильтянк инвалид ингуш ингушк индиец индийц индус индуск иранец иранц иранк иракец иракц "
    "ирландец ирландц испанец испанц испанк итальянец итальянц итальянк иудей иуде иудейк кавказец кавказц кавказк казах казашк "
    "калмык калмычк канадец канадц католик католичк киргиз киргизк китаец китайц китаянк колясочник кореец корейц кореянк курд "
    "латыш латышк лесбиянк литовец литовц литовк мигрант мигрантк молдаванин молдаван молдаванк монгол мужчин мусульманин "
    "мусульман мусульманк немец немц немк норвежец норвежц осетин осетинк пакистанец пакистанц палестинец палестинц палестинк "
    "пенсионер пенсионерк подросток подростк поляк польк португалец португальц православн протестант россиянин россиян россиянк "
    "румын румынк русск серб сербк сириец сирийц старик старушк таджик таджичк татарин татар татарк трансгендер турок турк "
    "турчанк туркмен туркменк удмурт узбек узбечк украинец украинц украинк финн финк француз француженк хорват христианин "
    "христиан христианк цыган цыганк чеченец чеченц чеченк чех чешк чуваш чувашк швед шведк эстонец эстонц эстонк якут якутк "
    "японец японц японк"
)
_OF_NOUNS = " а я у ю ом ем ей ой е и ы ов ев ам ям ами ями ах ях"
_ADJECTIVES = (
    "абхазск австрийск азербайджанск албанск американск английск арабск армянск афганск африканск башкирск белорусск болгарск "
    "британск буддистск бурятск венгерск вьетнамск германск глух голландск гомосексуальн греческ грузинск дагестанск датск "
    "еврейск европейск египетск женск израильск ингушск индийск индусск иранск иракск ирландск исламск испанск итальянск "
    "иудейск кавказск казахск казахстанск калмыцк канадск католическ киргизск китайск корейск курдск латвийск латышск "
    "лесбийск литовск молдавск монгольск мужск мусульманск немецк норвежск осетинск пакистанск палестинск пожил польск "
    "португальск православн протестантск российск румынск русск сербск сирийск слеп таджикск татарск темнокож турецк туркменск "
    "удмуртск узбекск украинск финск французск хорватск христианск цыганск чернокож чеченск чешск чувашск шведск эстонск "
    "якутск японск"
)
_OF_ADJECTIVES = "ий ый ой ого его ому ему им ым ом ем ая яя ую ое ее ие ые их ых ими ыми и"

_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_GROUP = frozenset(["and", "the", "people", "users"])


def names() -> frozenset[str]:
    """In lower case, the Russian ones in all their forms, with the groups that our own sentences speak of."""
    spoken_of = " ".join([*_fillers(), _ENGLISH]).lower()
    singular = {*_WORD.findall(spoken_of)} - _NO_GROUP
    plural = {f"{word}s" for word in singular if word.isascii()}
    return frozenset(
        singular | plural | _inflected(_NOUNS, _OF_NOUNS) | _inflected(_ADJECTIVES, _OF_ADJECTIVES)
    )


def _fillers() -> list[str]:
    return [
        filler
        for path in sorted((Path(composed.__file__).parent / "slots").glob("groups_*.toml"))
        for slot in tomllib.loads(path.read_text(encoding="utf-8")).values()
        for filler in slot
    ]


def _inflected(stems: str, endings: str) -> set[str]:
    return {stem + ending for stem, ending in product(stems.split(), endings.split(" "))}
