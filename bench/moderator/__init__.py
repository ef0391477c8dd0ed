"""A replay of labelled comments with a moderator and readers who are made up: what readers see, and what it costs to keep it from them."""
