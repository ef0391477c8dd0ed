"""The background worker. Only this package knows arq; it holds no rules and no SQL."""
