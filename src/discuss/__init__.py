"""Comments, moderation and a latest-discussion feed for news sites."""

__version__ = "0.1.0"
