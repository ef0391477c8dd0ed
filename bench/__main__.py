"""The entry point of `make bench`."""

import rich_click as click

from bench.classifier import classifier
from bench.feed.command import feed
from bench.larger import larger
from bench.moderation.command import moderation
from bench.moderator.command import moderator
from bench.vectors import vectors


@click.group()
def main() -> None:
    """What Discuss costs, next to what a site would use instead."""


main.add_command(classifier)
main.add_command(feed)
main.add_command(larger)
main.add_command(moderation)
main.add_command(moderator)
main.add_command(vectors)

if __name__ == "__main__":
    main()
