"""When the worker looks without being rung."""

from arq import cron
from arq.cron import CronJob

from workers.jobs import clean, sweep, write_views

SWEEP_EVERY = 2
"""Seconds: the longest that work can lie when every ring is lost."""

VIEWS_AT = 31
"""Second of each minute at which views are written to PostgreSQL."""


def schedule() -> list[CronJob]:
    return [
        cron(sweep, second=set(range(0, 60, SWEEP_EVERY)), run_at_startup=True, keep_result=0),
        cron(write_views, second=VIEWS_AT, keep_result=0),
        cron(clean, minute=17, second=0, keep_result=0),
    ]
