"""The moderators' pages. Plain forms and redirects: everything works without scripts."""

from litestar import Router
from litestar.di import Provide

from discuss.errors import Unauthenticated
from discuss.http import auth
from discuss.http.console.entrance import enter, entrance, leave, shut_out
from discuss.http.console.queue import decided, home, queue

console = Router(
    path="/console",
    route_handlers=[home, queue, decided, entrance, enter, leave],
    dependencies={"principal": Provide(auth.principal_of_page)},
    exception_handlers={Unauthenticated: shut_out},
    include_in_schema=False,
)
