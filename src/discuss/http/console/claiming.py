"""Claims: who is looking at which comment. Taken when it is opened, released when it is left."""

from typing import Any, Literal
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath
from msgspec import Struct

from discuss.http.console.desk import DeskGiven
from discuss.http.forms import filled_in
from discuss.usecases.claim import claim, release


class ClaimForm(Struct):
    keep: Literal["yes", "no", "over"] = "yes"


@post("/{site:str}/items/{comment_id:uuid}/claim")
async def claimed(desk: DeskGiven, comment_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, ClaimForm)
    holder = None
    if form.keep == "no":
        await release(desk.services, desk.principal, desk.site.slug, comment_id)
    else:
        holder = await claim(
            desk.services, desk.principal, desk.site.slug, comment_id, over=form.keep == "over"
        )
    others = holder if holder and holder.account_id != desk.principal.account_id else None
    return desk.answer(
        "console/pieces/notice.html", f"{desk.path}/items/{comment_id}", id=comment_id, holder=others, told=""
    )
