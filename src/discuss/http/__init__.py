"""The HTTP layer. Only it and `app.py` know Litestar. Every handler validates a struct and calls one use case."""
