"""The only SQL. Every function takes the transaction it runs in; nobody here commits."""
