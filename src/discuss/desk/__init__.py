"""Live news for open consoles: the ids of comments that changed, sent between all API processes."""
