"""When the worker looks without being rung."""

from arq import cron
from arq.cron import CronJob

from workers.jobs import backtest, brake, clean, reach, rebuild, reconcile, remove, sweep, write_views

SWEEP_EVERY = 2
"""Seconds: the longest that work can wait when every ring is lost."""

VIEWS_AT = 31
"""Second of each minute at which views are written to PostgreSQL."""

REACH_AT = 13
"""Second of each minute at which the queues learn how discussions have grown."""

BRAKE_EVERY = 10
"""Seconds between two checks whether a detector hits far more often than usual."""

RECONCILE_EVERY = 5
"""Minutes between two comparisons of the feeds with PostgreSQL."""


def schedule() -> list[CronJob]:
    return [
        cron(sweep, second=set(range(0, 60, SWEEP_EVERY)), run_at_startup=True, keep_result=0),
        cron(rebuild, second=set(range(0, 60, SWEEP_EVERY)), run_at_startup=True, keep_result=0),
        cron(remove, second=set(range(0, 60, SWEEP_EVERY)), run_at_startup=True, keep_result=0),
        cron(backtest, second=set(range(0, 60, SWEEP_EVERY)), run_at_startup=True, keep_result=0),
        cron(brake, second=set(range(5, 60, BRAKE_EVERY)), keep_result=0),
        cron(reach, second=REACH_AT, keep_result=0),
        cron(write_views, second=VIEWS_AT, keep_result=0),
        cron(reconcile, minute=set(range(0, 60, RECONCILE_EVERY)), second=47, keep_result=0),
        cron(clean, minute=17, second=0, keep_result=0),
    ]
