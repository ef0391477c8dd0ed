"""The latest comments of a site or of one article, as feed readers are given them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LatestComment:
    """A visible comment with its article. All it says of its author is the display name.

    `updated_at`: when readers first saw the text they see now. `replies`: visible comments that answer it directly.
    """

    id: UUID
    parent_id: UUID | None
    author_name: str
    html: str
    first_visible_at: datetime
    updated_at: datetime
    replies: int
    article_id: UUID
    article_url: str
    article_title: str
