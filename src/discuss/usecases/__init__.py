"""One verb a module: the only place that joins domain, store, classifier and feed. Nothing here knows HTTP or arq."""
