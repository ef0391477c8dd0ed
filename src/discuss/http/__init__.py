"""The HTTP layer, and the only place that knows Litestar. Every handler validates a struct and calls one use case."""
