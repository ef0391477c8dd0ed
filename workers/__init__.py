"""The background worker. arq is known here and nowhere else; no rules and no SQL."""
