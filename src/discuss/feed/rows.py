"""One row of the feed, as the bytes that every reader will be sent."""

import json
from datetime import UTC

from discuss.domain.articles import Article


def render(article: Article) -> bytes:
    """A JSON object; the instant is UTC with `Z`, so that any page can show it in its own zone."""
    row = {
        "id": str(article.id),
        "url": article.url,
        "title": article.title,
        "language": article.language,
        "comment_count": article.comment_count,
        "last_activity_at": article.last_activity_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
