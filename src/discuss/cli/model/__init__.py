"""`discuss model …`: train, measure, choose and use the classifier. Each module here holds a family of verbs."""

import rich_click as click

from discuss.cli.model.activating import activate
from discuss.cli.model.comparing import compare_models
from discuss.cli.model.evaluating import evaluate_model
from discuss.cli.model.explaining import explain
from discuss.cli.model.leaving_out import leave_out_families
from discuss.cli.model.listing import list_models
from discuss.cli.model.scoring import score
from discuss.cli.model.training import train


@click.group()
def model() -> None:
    """Train, measure, choose and use the classifier that flags spam and abuse."""


_VERBS = (
    list_models,
    activate,
    score,
    explain,
    train,
    evaluate_model,
    compare_models,
    leave_out_families,
)
for verb in _VERBS:
    model.add_command(verb)
