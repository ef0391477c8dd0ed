"""A replay of labelled comments with a made-up moderator and readers: what abuse readers see, and what it costs to keep it from them."""
