"""Types of the dependencies and parameters that handlers share."""

from typing import Annotated, Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter, SkipValidation

from discuss.domain.accounts import Principal
from discuss.http.patterns import SLUG
from discuss.usecases.services import Services

Asked = Request[Any, Any, Any]
ServicesGiven = NamedDependency[SkipValidation[Services]]
PrincipalGiven = NamedDependency[SkipValidation[Principal]]

SiteSlug = Annotated[str, PathParameter(pattern=SLUG, description="The short name of the site.")]
Cursor = Annotated[str | None, QueryParameter(max_length=100, description="Where the previous page ended.")]
PageSize = Annotated[int, QueryParameter(ge=1, le=100, description="How many at most.")]
