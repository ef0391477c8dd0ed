"""A moderator at work on one site: what all its pages need, and how its forms are answered.

Scripts request the same addresses with the header `X-Piece` and get only the parts that changed; without scripts, a form leads
to a whole page. So each thing has one route and one template.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.sites import Site
from discuss.http.auth import session_cookie
from discuss.http.console.entrance import HOME
from discuss.http.dependencies import Asked, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.pages.languages import WORDS, language_of
from discuss.http.pages.page import PIECE, page, redirect
from discuss.usecases.register_site import every_site, find_site
from discuss.usecases.services import Services
from discuss.usecases.tokens import csrf_token


@dataclass(frozen=True, slots=True)
class Desk:
    services: Services
    request: Asked
    principal: Principal
    site: Site

    @property
    def path(self) -> str:
        return f"{HOME}{self.site.slug}"

    @property
    def wants_piece(self) -> bool:
        return PIECE in self.request.headers

    @property
    def is_admin(self) -> bool:
        return self.principal.role_at(self.site.id) >= Role.ADMIN

    def show(
        self, whole: str, piece: str | None = None, *, place: str, status: int = 200, **shown: Any
    ) -> Response[Any]:
        """A page, or the piece of it that a script asked for. `place`: its entry in the navigation."""
        template = piece if piece and self.wants_piece else whole
        return page_of(
            self.request, self.principal, template, status=status, place=place, site=self.site,
            now=self.services.clock(), is_admin=self.is_admin, **shown,
        )  # fmt: skip

    def answer(self, piece: str, to: str, *, status: int = 200, **shown: Any) -> Response[Any]:
        """The answer to a form: the piece that changed for a script, otherwise a redirect to the page `to`."""
        if self.wants_piece:
            return self.show(piece, place="", status=status, **shown)
        return redirect(to)


DeskGiven = NamedDependency[SkipValidation[Desk]]


async def open_desk(
    services: ServicesGiven, request: Asked, principal: PrincipalGiven, site: SiteSlug
) -> Desk:
    """Admits the site's moderators only. Raises `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    found = await find_site(services, site)
    require_role(principal, found.id, Role.MODERATOR)
    return Desk(services, request, principal, found)


def page_of(request: Asked, principal: Principal, template: str, **shown: Any) -> Response[str]:
    cookie = session_cookie(request)
    token = csrf_token(cookie) if cookie else ""
    say = WORDS[language_of(request)]["console"]
    return page(request, template, private=True, csrf_token=token, moderator=principal.name, say=say, **shown)


async def moderated(services: Services, principal: Principal) -> Sequence[Site]:
    return [site for site in await every_site(services) if principal.role_at(site.id) >= Role.MODERATOR]
