import argon2
import pytest
from argon2.exceptions import VerifyMismatchError

from discuss.wiring import Argon2


async def test_an_account_that_does_not_exist_is_not_told_by_what_its_password_costs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The password is really compared, with a hash of the same kind and cost as that of an existing account."""
    compared: list[str] = []

    class Watched(argon2.PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - argon2's own name
            compared.append(str(hash))
            with pytest.raises(VerifyMismatchError):
                super().verify(hash, password)
            raise VerifyMismatchError

    monkeypatch.setattr("discuss.wiring.PasswordHasher", Watched)
    passwords = Argon2()
    assert not await passwords.matches("correct horse battery", None)
    assert not await passwords.matches("correct horse battery", await passwords.hash("another one"))
    nobody, somebody = map(argon2.extract_parameters, compared)
    assert nobody == somebody
