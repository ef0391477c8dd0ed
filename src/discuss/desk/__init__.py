"""What moderators with an open console are told at once: which comments changed, by ids, across all API processes."""
