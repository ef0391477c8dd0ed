"""Patterns of single values, and the sentence that tells a person what each one asks for."""

from collections.abc import Mapping

from discuss.domain.policy import REASONS

# `$` alone would allow a line break at the end.
END = r"$(?!\n)"

SLUG = rf"^[a-z0-9][a-z0-9-]{{0,62}}{END}"
LANGUAGE = rf"^[a-z]{{2,3}}{END}"
PRINTABLE = rf"^[^\x00-\x1f\x7f]+{END}"
LABEL = rf"^({'|'.join(REASONS)}){END}"
THRESHOLD = rf"^({'|'.join(REASONS)})(\.[a-z]{{2,3}})?{END}"
DOMAIN = rf"^[^\s/@:.]{{1,63}}(\.[^\s/@:.]{{1,63}}){{1,10}}{END}"
LONGEST_DOMAIN = 253
POINT = rf"^[0-9a-f]{{0,32}}\.[0-9]{{1,15}}{END}"
IDEMPOTENCY_KEY = rf'^("[\x21\x23-\x7e]{{1,198}}"|[\x21\x23-\x7e]{{1,200}}){END}'
DECISION_TAG = rf'^"[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"{END}'

SENTENCES: Mapping[str, str] = {
    SLUG: "This is not a site's short name: 1 to 63 lower-case letters, digits and hyphens.",
    LANGUAGE: "This is not a language code; examples are ru and en.",
    PRINTABLE: "This is empty or contains control characters.",
    LABEL: f"There is no such label; the labels are {', '.join(REASONS)}.",
    THRESHOLD: f"There is no such label; the labels are {', '.join(REASONS)}, each also for one language: spam.ru.",
    DOMAIN: "This is not a domain name; an example is example.org.",
    POINT: "This is not the point of an earlier answer.",
    IDEMPOTENCY_KEY: "A key must have 1 to 200 visible ASCII characters, without spaces.",
    DECISION_TAG: 'This is not the id of a decision in quotes: "01890000-0000-7000-8000-000000000000".',
}
