"""Letters that are in no alphabet that is scored, by what they look like."""

from collections.abc import Mapping

# By the letter that each looks like, in Cyrillic and then in Latin letters; the last ones of many are Cherokee.
AT_HOME: Mapping[int, str] = str.maketrans(
    {
        strange: letter
        for letter, alike in {
            "а": "ә", "г": "ғґӷҕ", "е": "єҽԑ", "з": "ҙԇ", "и": "ії", "й": "јҋ", "к": "қҟҡҝӄ", "л": "ӆԓԡ", "м": "ӎ", "н": "ңҥӈӊ",
            "о": "ө", "п": "ԥҧ", "р": "ҏ", "с": "ҫ", "т": "ҭԏ", "у": "ўүұ", "х": "ҳӽӿ", "ц": "ҵ", "ч": "ҷҹ",
            "a": "Ꭺ", "b": "ɓᏏᏴ", "c": "Ꮯ", "d": "đðɖɗᎠᏧ", "e": "əɛᎬ", "f": "ƒ", "g": "ᏀᏳ", "h": "ħᎻᏂ", "i": "Ꭵ", "j": "Ꭻ", "k": "ƙᏦ",
            "l": "łᏞ", "m": "Ꮇ", "n": "ŋ", "o": "øɔᎾᎤ", "p": "Ꮲ", "r": "ᎡᏒ", "s": "ᏕᏚᏍ", "t": "ŧᎢ", "v": "ʋᏙ", "w": "ᎳᏔ", "y": "ƴɣᎽ",
            "z": "Ꮓ",
        }.items()
        for strange in alike
    }
)  # fmt: skip
OF_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""A to Z. Two of them are a flag."""

_UKRAINIAN, _WITHOUT_TWINS = "іїєґ", "ђћљњџ"
FOREIGN_LETTERS = "".join({*map(chr, AT_HOME), *_WITHOUT_TWINS, *OF_FLAGS} - {*_UKRAINIAN})

# Letters that hardly anybody writes but to hide a word, or to be seen: of phonetic and former alphabets, small capitals.
SELDOM: Mapping[str, str] = {
    letter: plain
    for plain, alike in {
        "a": "ᴀɐɑɒⱥᶏ", "b": "ʙƀƃᵬᶀ", "c": "ᴄƈȼɕᴐ", "d": "ᴅԁƌᵭᶁȡ", "e": "ᴇɘǝɇᶒⱸ", "f": "ꜰᵮᶂ", "g": "ɢɡɠǥᶃ", "h": "ʜһɦɧⱨ", "i": "ɪıɨᵻᶖ",
        "j": "ᴊȷɉʝɟ", "k": "ᴋⱪʞᶄꝁ", "l": "ʟӏƚɫɬɭⱡᶅȴ", "m": "ᴍɱᵯᶆ", "n": "ɴƞɲɳᵰᶇȵ", "o": "ᴏɵᴑⱺꝋ", "p": "ᴘƥᵱᵽᶈ", "q": "ԛɋʠ",
        "r": "ʀɍɹɺɻɼɽɾɿʁᵲᵳᶉ", "s": "ꜱѕƨȿʂʃᵴᶊ", "t": "ᴛƫƭʇʈⱦᵵȶ", "u": "ᴜʉʊᵾᶙ", "v": "ᴠʌⱱⱴᶌ", "w": "ᴡԝⱳ", "x": "ᶍ", "y": "ʏɏʎ", "z": "ᴢƶȥɀʐʑⱬᵶᶎ",
        "е": "ѣ", "о": "ѡ", "ф": "ѳ", "и": "ѵᴎ", "ш": "ɯɰ", "м": "ʍ", "л": "ᴧᴫ", "п": "ᴨ", "г": "ᴦ", "з": "ɜ", "я": "ᴙ",
    }.items()
    for letter in alike
}  # fmt: skip
