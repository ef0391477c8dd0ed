import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_yardsticks_are_pinned_with_hashes_and_name_no_registry() -> None:
    text = (ROOT / "bench" / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)
    assert "://" not in text
    assert len(entries) > 10
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_every_yardstick_that_was_asked_for_is_pinned() -> None:
    asked = re.findall(r"^[a-z][\w-]+", (ROOT / "bench" / "requirements.in").read_text(), re.MULTILINE)
    pinned = re.findall(r"^([a-z][\w-]+)==", (ROOT / "bench" / "requirements.txt").read_text(), re.MULTILINE)
    assert len(asked) == 6
    assert set(asked) - set(pinned) == set()
