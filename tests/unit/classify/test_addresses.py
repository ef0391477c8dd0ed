import pytest

from discuss.classify.batch import Batch
from discuss.classify.text import readable


def prose(text):
    """What of a text is read, with a dash for each letter that is not."""
    batch = readable(Batch.of([text]))
    known = [True] * len(batch.codes) if batch.prose is None else batch.prose.tolist()
    return "".join(
        chr(code) if read else "-" for code, read in zip(batch.codes.tolist(), known, strict=True)
    ).strip()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a@b.example", "-----------"),
        ("a@b.example/сдохни", "-----------/сдохни"),
        ("дебил,a@b.example", "дебил,-----------"),
        ("a@b.example,c@d.example", "-----------,-----------"),
        ("@some_body1, да", "-----------, да"),
        ("@some_body/дебил", "----------/дебил"),
        ("@ivan1985", "---------"),
        ("@__ivan_2", "---------"),
        ("ty @tupoy_ @_debil_", "ty @tupoy_ @_debil_"),
        ("@ivan", "@ivan"),
        ("дебил:https://a.example/de", "дебил:--------------------"),
        ("<https://a.example>дебил,и", "<------------------дебил,и"),
        ("<https://a.example/b<https://a.example>да", "<" + "-" * 40),
        ("ok.ru/a,b", "---------"),
        ("www.a.example", "-------------"),
        ("и/или", "и/или"),
    ],
)
def test_only_addresses_are_not_read(text, read):
    assert prose(text) == read
