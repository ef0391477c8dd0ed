"""Calls we make: webhooks and e-mail will live here."""
