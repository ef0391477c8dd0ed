"""The latest discussion: PostgreSQL's facts projected into Redis, and the finished bytes each process keeps of it."""
