"""One verb per module. The only place that joins domain, store, classifier and feed. Nothing here knows HTTP or arq."""
