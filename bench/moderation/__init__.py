"""How long moderators wait: a site of two million comments, every kind of question, and how PostgreSQL answers it."""
