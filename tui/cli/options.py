"""Options that commands share, and what they make of them."""

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, TypeVar

import click

from metrics.errors import UsageError
from metrics.languages import LANGUAGES, language_code
from metrics.model import Linking, Pairing, Review, Scope, Settings
from metrics.ranking import ORDERS
from tui.cli.progress import watched

Command = TypeVar("Command", bound=Callable[..., Any])


def pair_options(command: Command) -> Command:
    """The two texts, and how they are read, cut and linked."""
    return _all(command, click.argument("candidate"), click.argument("reference"), _linking_options)


def optional_pair_options(command: Command) -> Command:
    """As `pair_options`, but that the texts may be chosen later."""
    texts = (click.argument(name, required=False) for name in ("candidate", "reference"))
    return _all(command, *texts, _linking_options)


def _linking_options(command: Command) -> Command:
    return _all(
        command,
        click.option("--lines", is_flag=True, help="Take each line as one segment, untouched, and align the lines."),
        click.option("--aligned", is_flag=True, help="Line i answers line i; refuses unequal counts."),
        click.option(
            "--keep-boilerplate",
            is_flag=True,
            help="Score adverts, captions and other site furniture like text.",
        ),
        click.option(
            "--language",
            metavar="CODE",
            help=f"The language of both texts, such as {', '.join(list(LANGUAGES)[:4])}.  [default: guessed]",
        ),
        click.option(
            "--encoding", metavar="NAME", help="The encoding of files that are not UTF-8.  [default: found out]"
        ),
        click.option(
            "--gap-cost",
            type=Finite(-20, 20),
            metavar="POINTS",
            help="What leaving a sentence alone costs, in log-odds against linking it, -20 to 20: the more, the "
            "fewer are added or omitted, and the more links are weak. A usual link gains 7.  [default: read off the "
            "texts, about 0 to 2]",
        ),
        click.option(
            "--longest-group",
            type=click.IntRange(1, 4),
            default=4,
            show_default=True,
            help="The most sentences of one side that a link may hold.",
        ),
        click.option(
            "--moves/--no-moves",
            default=True,
            show_default=True,
            help="Look for passages that stand elsewhere in the other text.",
        ),
    )


def scope_option(command: Command) -> Command:
    """Which passages count."""
    return _all(
        command,
        click.option(
            "--scope",
            type=click.Choice([scope.value for scope in Scope]),
            default=Scope.DOCUMENT.value,
            show_default=True,
            help="Score the whole document, where an omitted passage counts as an empty candidate, or the linked "
            "passages alone.",
        ),
    )


def glossary_option(command: Command) -> Command:
    """Terms that the candidate must use."""
    return _all(
        command,
        click.option(
            "--glossary",
            metavar="TSV",
            help="Terms that the candidate must use: a line holds a term of the reference, a tab, what is wanted for "
            "it, and behind another tab what will do as well, with | between. A term alone is wanted itself.",
        ),
    )


def session_option(command: Command) -> Command:
    """What reviewers said of the pair."""
    return _all(
        command,
        click.option(
            "--session",
            metavar="FILE",
            help="A review file: its corrections of the alignment are applied. It is read only.",
        ),
    )


def order_option(default: str) -> Callable[[Command], Command]:
    """Which passages come first."""

    def decorate(command: Command) -> Command:
        return _all(
            command,
            click.option(
                "--order",
                type=click.Choice(list(ORDERS)),
                default=default,
                show_default=True,
                help="Which passages come first: highest risk, highest risk per word, lowest chrF, lowest BLEU, as in "
                "the document, or longest.",
            ),
        )

    return decorate


def settings_from(
    lines: bool,
    aligned: bool,
    keep_boilerplate: bool,
    language: str | None,
    encoding: str | None,
    gap_cost: float | None = None,
    longest_group: int = 4,
    moves: bool = True,
    **others: Any,
) -> Settings:
    """The settings that the shared options ask for."""
    if lines and aligned:
        raise UsageError("--lines and --aligned exclude each other: --lines finds the links, --aligned has them")
    pairing = Pairing.ALIGNED if aligned else Pairing.LINES if lines else Pairing.SENTENCES
    return Settings(
        pairing=pairing,
        linking=Linking(gap_cost, longest_group, moves),
        keep_boilerplate=keep_boilerplate,
        language=language_code(language) if language else None,
        encoding=encoding,
        **others,
    )


def reviewed(candidate: str, reference: str, settings: Settings, others: Sequence[str] = ()) -> Review:
    """The review of a pair that has something to compare; `others` are further references.

    Raises `EmptyText` for a text without a segment, besides what the pipeline raises.
    """
    from metrics.review import require_texts, review

    return require_texts(watched(review(candidate, reference, settings, others)))


class Finite(click.FloatRange):
    """A number in a range, and no NaN, which is in every range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number in {self.min:g}…{self.max:g}.", param, ctx)
        return number


class Percent(Finite):
    """A number in 0…100."""

    name = "percent"

    def __init__(self) -> None:
        super().__init__(0, 100)


def _all(command: Command, *decorators: Callable[[Any], Any]) -> Command:
    return reduce(lambda inner, decorator: decorator(inner), reversed(decorators), command)
