"""The moderators' pages. Everything works with plain forms and redirects; scripts make it quicker."""

from litestar import Router
from litestar.di import Provide

from discuss.errors import Unauthenticated
from discuss.http import auth
from discuss.http.console.authors import author, authors
from discuss.http.console.claiming import claimed
from discuss.http.console.deciding import decided, taken_back
from discuss.http.console.deciding_many import decided_many, many_taken_back
from discuss.http.console.desk import open_desk
from discuss.http.console.entrance import enter, entrance, leave, shut_out
from discuss.http.console.home import home
from discuss.http.console.item import item
from discuss.http.console.noting import left
from discuss.http.console.queue import changes, queue
from discuss.http.console.record import record
from discuss.http.console.rule import backtest, cancelled, new_rule, rewritten, rule, written
from discuss.http.console.rules import released, rules
from discuss.http.console.sanctioning import lifted, noted, removal, removed, sanctioned
from discuss.http.console.thresholds import rehearsed, thresholds

console = Router(
    path="/console",
    route_handlers=[
        home,
        queue,
        changes,
        claimed,
        item,
        decided,
        taken_back,
        decided_many,
        many_taken_back,
        left,
        record,
        rules,
        released,
        new_rule,
        written,
        rule,
        rewritten,
        thresholds,
        rehearsed,
        backtest,
        cancelled,
        authors,
        author,
        sanctioned,
        lifted,
        noted,
        removed,
        removal,
        entrance,
        enter,
        leave,
    ],
    dependencies={"principal": Provide(auth.principal_of_page), "desk": Provide(open_desk)},
    exception_handlers={Unauthenticated: shut_out},
    include_in_schema=False,
)
