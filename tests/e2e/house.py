"""Every route and every role: the table of what each may do, and a house where all of them live."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from discuss.domain.accounts import Credential, Role
from discuss.domain.tallies import Tally
from discuss.store import brakes
from discuss.usecases.log_in import open_session
from discuss.usecases.services import Services
from tests.e2e.asking import ALL_PUBLISHED, UNKNOWN
from tests.stack import PASSWORD, Person, SiteInUse, Stack

PEOPLE = ("author", "reader", "foreign_reader", "moderator", "foreign_moderator", "admin", "staff")
ROLES = ("nobody", *PEOPLE, "key", "foreign_key")
OURS = ("author", "reader", "moderator", "admin", "staff")
MODERATORS = ("moderator", "admin", "staff")
FRESH = count(1)
BACKTEST = {"words": {"entries": ["casino"]}, "days": 1}
Expected = Mapping[str, int]


def everybody(status: int) -> Expected:
    return dict.fromkeys(ROLES, status)


def only(status: int, *roles: str) -> Expected:
    """These roles may; `nobody` is told to log in; all others are forbidden."""
    return everybody(403) | {"nobody": 401} | dict.fromkeys(roles, status)


@dataclass(frozen=True)
class Row:
    expected: Expected
    body: Callable[[], object] = lambda: None
    query: str = ""
    fresh: bool = False
    """Whether a successful request uses up its subject, so that a fresh one is needed."""
    endless: bool = False
    """Whether the answer never ends; it is then asked for by HEAD."""


def new_account() -> object:
    number = next(FRESH)
    return {"name": f"Newcomer {number}", "email": f"newcomer{number}@example.org", "password": PASSWORD}


def new_article() -> object:
    return {
        "external_id": f"new-{next(FRESH)}", "url": "https://news.example/new", "title": "New", "language": "en",
        "published_at": "2026-01-01T00:00:00Z",
    }  # fmt: skip


def new_rule() -> object:
    return {"name": f"Rule {next(FRESH)}", "mode": "off", "words": {"entries": ["casino"]}}


TABLE: Mapping[str, Row] = {
    "Live": Row(everybody(200)),
    "Ready": Row(everybody(200)),
    "ListSites": Row(only(200, "staff")),
    "CreateSite": Row(only(201, "staff"), lambda: {"slug": f"made-{next(FRESH)}", "name": "Made"}),
    "ReadSite": Row(everybody(200)),
    "ChangeSite": Row(only(200, "admin", "staff"), lambda: {"name": "Renamed"}),
    "RegisterArticle": Row(only(201, "key", "admin", "staff"), new_article),
    "FindArticle": Row(everybody(200), query="?external_id=one"),
    "ReadArticle": Row(everybody(200)),
    "RegisterReader": Row(everybody(201), new_account),
    "LogIn": Row(everybody(201)),
    "WhoAmI": Row(only(200, *PEOPLE)),
    "LogOut": Row(only(204, *PEOPLE), fresh=True),
    "SubmitComment": Row(only(202, *OURS), lambda: {"text": "One more voice."}),
    "ListComments": Row(everybody(200)),
    "ListOwnComments": Row(only(200, *OURS)),
    "ReadComment": Row(everybody(200)),
    "EditComment": Row(only(202, "author"), lambda: {"text": "Better said."}),
    "DeleteComment": Row(only(204, "author"), fresh=True),
    "ReadQueue": Row(only(200, *MODERATORS)),
    "CountQueue": Row(only(200, *MODERATORS)),
    "StreamQueue": Row(only(200, *MODERATORS), endless=True),
    "ReadItem": Row(only(200, *MODERATORS)),
    "ClaimItem": Row(only(200, *MODERATORS)),
    "ReleaseItem": Row(only(204, *MODERATORS)),
    "Decide": Row(only(201, *MODERATORS), lambda: {"state": "held"}, fresh=True),
    "ListDecisions": Row(only(200, *MODERATORS)),
    "SearchAuthors": Row(only(200, *MODERATORS), query="?search=Reader"),
    "ReadAuthor": Row(only(200, *MODERATORS)),
    "SanctionAuthor": Row(only(201, *MODERATORS), lambda: {"kind": "warning", "words": "Be kind."}),
    "LiftSanction": Row(only(200, *MODERATORS), fresh=True),
    "ListAuthorNotes": Row(only(200, *MODERATORS)),
    "NoteAuthor": Row(only(201, *MODERATORS), lambda: {"text": "Seen before."}),
    "RemoveAuthorComments": Row(only(202, *MODERATORS), lambda: {"reason": "spam"}),
    "ReadRemoval": Row(only(200, *MODERATORS)),
    "ReadOwnStanding": Row(only(200, *OURS)),
    "ReportComment": Row(only(200, "reader", "moderator", "admin", "staff"), lambda: {"reason": "insult"}),
    "WithdrawReport": Row(only(204, *OURS)),
    "ListRules": Row(only(200, *MODERATORS)),
    "AddRule": Row(only(201, "admin", "staff"), new_rule),
    "ReadRule": Row(only(200, *MODERATORS)),
    "ChangeRule": Row(only(200, "admin", "staff"), new_rule),
    "RetireRule": Row(only(204, "admin", "staff"), fresh=True),
    "TryRule": Row(only(200, *MODERATORS), lambda: {"words": {"entries": ["casino"]}, "text": "A casino."}),
    "RequestBacktest": Row(only(202, *MODERATORS), lambda: BACKTEST),
    "ReadBacktest": Row(only(200, *MODERATORS)),
    "CancelBacktest": Row(only(204, *MODERATORS)),
    "ListBrakes": Row(only(200, *MODERATORS)),
    "ReleaseBrake": Row(only(204, "admin", "staff"), fresh=True),
    "DecideMany": Row(only(200, *MODERATORS), lambda: {"state": "held", "held_by": UNKNOWN}),
    "UndoBatch": Row(only(200, *MODERATORS), fresh=True),
    "ReadRecord": Row(only(200, *MODERATORS)),
    "ListCommentNotes": Row(only(200, *MODERATORS)),
    "NoteComment": Row(only(201, *MODERATORS), lambda: {"text": "Please have a look."}),
    "ListAlike": Row(only(200, *MODERATORS)),
    "UndoDecision": Row(only(201, *MODERATORS), fresh=True),
    "ReadFeed": Row(everybody(200)),
    "ReadFeedFragment": Row(everybody(200)),
    "StreamFeed": Row(everybody(200), endless=True),
    "CountComments": Row(everybody(200), query="?url=https://news.example/one"),
    "CountView": Row(everybody(204)),
    "CastVote": Row(only(200, *OURS), lambda: {"vote": "up"}),
    "RetractVote": Row(only(200, *OURS)),
    "ReadVote": Row(everybody(200)),
    "LinkEditions": Row(only(200, "key", "admin", "staff"), lambda: {"external_ids": ["one", "two"]}),
    "UnlinkEdition": Row(only(204, "key", "admin", "staff")),
    "ReadLatestCommentsAsRss": Row(everybody(200)),
    "ReadLatestCommentsAsAtom": Row(everybody(200)),
    "ReadLatestCommentsAsJson": Row(everybody(200)),
    "ReadArticleCommentsAsRss": Row(everybody(200)),
    "ReadArticleCommentsAsAtom": Row(everybody(200)),
    "ReadArticleCommentsAsJson": Row(everybody(200)),
}


@dataclass
class House:
    """Everybody who could ask, and what they ask for."""

    stack: Stack
    here: SiteInUse
    people: Mapping[str, Person]
    culprit: Person
    keys: Mapping[str, str]
    routes: Mapping[str, tuple[str, str]]
    shared: dict[str, object] = field(default_factory=dict)
    tried: object = None

    def comment(self, *, fresh: bool) -> dict[str, object]:
        if fresh or not self.shared:
            author = self.people["author"]
            made = self.here.comment(author, self.here.articles["one"], f"Voice {next(FRESH)}.")
            decided = self.here.decided(author, made["id"])
            assert decided["state"] == "published"
            if fresh:
                return decided
            self.shared = decided
        return self.shared

    def decision(self, comment: dict[str, object], *, fresh: bool) -> object:
        """The decision about the comment: a person's if it is to be fresh, otherwise the machine's."""
        path = f"{self.here.path}/revisions/{comment['revision_id']}/decisions"
        headers = self.people["staff"].headers
        if fresh:
            return self.stack.client.post(path, json={"state": "held"}, headers=headers).json()["id"]
        return self.stack.client.get(path, headers=headers).json()[-1]["id"]

    def laid(self, what: str, body: object) -> object:
        """A sanction of the reader who is always sanctioned, or a removal of that reader's comments."""
        path = f"{self.here.path}/authors/{self.culprit.id}/{what}s"
        answer = self.stack.client.post(path, json=body, headers=self.people["staff"].headers).json()
        return answer.get(what, answer)["id"]

    def made(self, what: str, body: object) -> object:
        """A rule or a back-test."""
        answer = self.stack.client.post(
            f"{self.here.path}/{what}", json=body, headers=self.people["staff"].headers
        )
        assert answer.status_code in {201, 202}, answer.text
        return answer.json()["id"]

    def backtest(self) -> object:
        """Always the same back-test: only a few may be under way at one time."""
        if self.tried is None:
            self.tried = self.made("backtests", BACKTEST)
        return self.tried

    def brake(self) -> object:
        """A brake such as the worker applies."""
        site_id, subject = self.here.site.id, f"label-{next(FRESH)}"

        async def put(services: Services) -> object:
            now = (services.new_id(), Tally(site_id, subject, 30, 30), Tally(site_id, subject, 0, 0))
            async with services.database.transaction() as tx:
                return (await brakes.put(tx, [now], services.clock()))[0].id

        return self.stack.use(put)

    def batch(self, comment: dict[str, object]) -> object:
        """A batch in which a person decided the comment."""
        seen = self.decision(comment, fresh=False)
        body = {"state": "held", "items": [{"revision_id": comment["revision_id"], "seen": seen}]}
        path = f"{self.here.path}/decisions"
        return self.stack.client.post(path, json=body, headers=self.people["staff"].headers).json()[
            "batch_id"
        ]

    def session(self, person: Person, credential: Credential) -> str:
        opening = partial(open_session, account_id=person.id, name=person.name, credential=credential)
        return self.stack.use(opening).token

    def headers(self, role: str, *, fresh: bool) -> dict[str, str]:
        if role == "nobody":
            return {}
        if role in self.keys:
            return {"authorization": f"Bearer {self.keys[role]}"}
        person = self.people[role]
        return (
            {"authorization": f"Bearer {self.session(person, Credential.BEARER)}"}
            if fresh
            else person.headers
        )

    def ask(self, operation: str, headers: Mapping[str, str], *, fresh: bool = False, refused: bool = False):
        """`refused`: the request will be refused, so even an endless operation is asked for by its own method, to see the reason."""
        method, template = self.routes[operation]
        comment = self.comment(fresh=fresh and operation != "LogOut")
        decision = self.decision(comment, fresh=fresh) if "{decision_id}" in template else None
        path = template.format(
            site=self.here.slug, article_id=self.here.articles["one"], comment_id=comment["id"],
            revision_id=comment["revision_id"], decision_id=decision, account_id=self.culprit.id,
            sanction_id=self.laid("sanction", {"kind": "ban"}) if "{sanction_id}" in template else None,
            removal_id=self.laid("removal", {"reason": "spam"}) if "{removal_id}" in template else None,
            rule_id=self.made("rules", new_rule()) if "{rule_id}" in template else None,
            backtest_id=self.backtest() if "{backtest_id}" in template else None,
            brake_id=self.brake() if "{brake_id}" in template else None,
            batch_id=self.batch(comment) if operation == "UndoBatch" and fresh else UNKNOWN,
        )  # fmt: skip
        row = TABLE[operation]
        body = self.log_in() if operation == "LogIn" else row.body()
        sent = {} if body is None else {"json": body}
        self.stack.client.cookies.clear()
        method = "HEAD" if row.endless and not refused else method
        return self.stack.client.request(method, path + row.query, headers=dict(headers), **sent)

    def log_in(self) -> object:
        reader = self.people["reader"]
        return {"email": reader.email, "password": PASSWORD, "site": self.here.slug, "transport": "bearer"}


def build(stack: Stack) -> House:
    here, there = stack.site("house", thresholds=ALL_PUBLISHED), stack.site("neighbour")
    here.article("one")
    here.article("two", language="ru")
    people = {
        "author": here.person(),
        "reader": here.person(),
        "foreign_reader": there.person(),
        "moderator": here.person(Role.MODERATOR),
        "foreign_moderator": there.person(Role.MODERATOR),
        "admin": here.person(Role.ADMIN),
        "staff": stack.person(None, Role.ADMIN),
    }
    paths = stack.client.get("/api/openapi.json").json()["paths"]
    routes = {
        operation["operationId"]: (method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
    }
    return House(stack, here, people, here.person(), {"key": here.key, "foreign_key": there.key}, routes)
