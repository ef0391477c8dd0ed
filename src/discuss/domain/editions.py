"""Editions: articles that are translations of each other. Works out who belongs to which group, without a store."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from discuss.domain.articles import Article
from discuss.errors import InvalidInput

FEWEST, MOST = 2, 20


def require_linkable(external_ids: Sequence[str]) -> None:
    """Raises `InvalidInput` for too few, too many, or an article that is named twice."""
    if not FEWEST <= len(external_ids) <= MOST:
        raise InvalidInput(f"Between {FEWEST} and {MOST} articles can be linked.")
    if repeated := _repeated(external_ids):
        raise InvalidInput(f"The article {repeated} is listed more than once.")


def require_distinct_languages(named: Sequence[Article]) -> None:
    """Raises `InvalidInput` when two of them are in the same language."""
    if language := _repeated([article.language for article in named]):
        raise InvalidInput(f"More than one of these articles is in the language {language}.")


def _repeated(words: Sequence[str]) -> str | None:
    word, times = Counter(words).most_common(1)[0]
    return word if times > 1 else None


def link(named: Sequence[Article], around: Sequence[Article], group: UUID) -> Mapping[UUID, UUID | None]:
    """The articles whose group changes, with the new one. Those `named` become `group`, unless they form a group already.

    `around` are all members of the groups they were in; a member that would stay behind alone leaves its group.
    """
    wanted = {article.id for article in named}
    whole = {article.edition_group for article in [*named, *around]}
    if len(whole) == 1 and None not in whole and {article.id for article in around} <= wanted:
        return {}
    staying = [article for article in around if article.id not in wanted]
    return _left_alone(staying) | dict.fromkeys(wanted, group)


def unlink(article: Article, around: Sequence[Article]) -> Mapping[UUID, UUID | None]:
    """The same for one article that leaves its group."""
    if article.edition_group is None:
        return {}
    return _left_alone([other for other in around if other.id != article.id]) | {article.id: None}


def _left_alone(staying: Sequence[Article]) -> dict[UUID, UUID | None]:
    sizes = Counter(article.edition_group for article in staying)
    return {article.id: None for article in staying if sizes[article.edition_group] == 1}
