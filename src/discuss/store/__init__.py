"""All SQL is here. Every function takes the transaction it runs in, and leaves it to the caller to commit."""
