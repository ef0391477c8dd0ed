"""What handlers are given."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import Dependency, Parameter

from discuss.domain.accounts import Principal
from discuss.http.patterns import SLUG
from discuss.usecases.services import Services

Asked = Request[Any, Any, Any]
ServicesGiven = Annotated[Services, Dependency(skip_validation=True)]
PrincipalGiven = Annotated[Principal, Dependency(skip_validation=True)]

SiteSlug = Annotated[str, Parameter(pattern=SLUG, description="The short name of the site.")]
Cursor = Annotated[str | None, Parameter(max_length=100, description="Where the page before ended.")]
PageSize = Annotated[int, Parameter(ge=1, le=100, description="How many at most.")]
