"""Litestar, and nothing of it elsewhere. Every handler validates a struct and calls one use case."""
