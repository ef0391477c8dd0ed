"""Other systems' bytes to ours and back, as pure streams. Importers and exporters will live here."""
