"""`deckwright review`: which cards learners forget."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli._options import CARDS, FORMAT, PACKAGE, common
from deckwright.cli._printing import show
from deckwright.cli._running import one_line_errors
from deckwright.cli._spoken_language import Failure, language, tell
from deckwright.words.messages import Message

if TYPE_CHECKING:
    from deckwright.release.answers import FileAnswers, Pool
    from deckwright.release.ledger import Ledger
    from deckwright.source.deck import Deck

_KEPT = Message(
    "nothing is kept about people: no names, options or times, and not who answered what; only how"
    " many answers each card has"
)
_FEW = Message("so few learners can be recognised: keep these figures to yourself")


@click.command()
@click.argument("files", nargs=-1, required=True, type=PACKAGE)
@CARDS
@FORMAT
@click.option(
    "--page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with a plot here."
)
@click.option("--all", "every", is_flag=True, help="Show every card.")
@click.option("--earlier", is_flag=True, help="Count answers to earlier texts of a note, too.")
@common
def review(
    files: tuple[Path, ...],
    cards: Path,
    form: str,
    page: Path | None,
    *,
    every: bool,
    earlier: bool,
) -> None:
    """Show which cards learners forget more than the rest.

    FILES are .apkg, .colpkg or collection.anki2 with scheduling, or progress files of the page for
    learners, in any mix. Only answers count that came a day or more after a card was learnt.

    \b
    Example:
      deckwright review ann.apkg ben.colpkg progress.json --page build/review.html
    """
    with one_line_errors():
        deck, pool = _read(files, cards, earlier=earlier)
        _tell(deck, pool, [*_remarks(pool, len(files))], form, page, every=every)


def _read(files: tuple[Path, ...], cards: Path, *, earlier: bool) -> "tuple[Deck, Pool]":
    from deckwright.cli._decks import plan_with_mistakes
    from deckwright.release.answers import pooled

    plan = plan_with_mistakes(cards)
    if not plan.deck or not plan.held:
        raise Failure(Message("nobody has this deck yet: there is no deck.lock"))
    read, problems = [], []
    for file in files:
        try:
            with one_line_errors():
                read.append(_answers(file, plan.held))
        except Failure as error:
            problems.append(error)
    for problem in problems[:-1]:
        problem.show()
    if problems:
        raise problems[-1]
    return plan.deck, pooled(read, plan.deck, plan.held, with_earlier=earlier)


def _answers(file: Path, ledger: "Ledger") -> "FileAnswers":
    from deckwright.feedback.learner_answers import learner_answers

    return learner_answers(file, ledger)


def _remarks(pool: "Pool", files: int) -> Iterator[Message]:
    from deckwright.feedback.failing_cards import FEW

    yield Message(
        "files: {files}; learners: {people}; answers to this deck: {answers:,}, of which"
        " {reviews:,} count",
        files=files,
        people=pool.learners,
        answers=pool.answers,
        reviews=pool.reviews,
    )
    if pool.earlier:
        yield Message(
            "left out: {count:,} answers to an earlier text of a note (--earlier counts them)",
            count=pool.earlier,
        )
    yield _KEPT
    if 0 < pool.learners < FEW:
        yield _FEW


def _tell(
    deck: "Deck", pool: "Pool", remarks: list[Message], form: str, page: Path | None, *, every: bool
) -> None:
    from deckwright.cli import _review_lines
    from deckwright.disk.writing import write_all
    from deckwright.feedback.failing_cards import failing_cards
    from deckwright.site.review_page import review_page

    figures = failing_cards(pool.cards)
    places = {note.id.value: note.id.place for note in deck.notes}
    remarks = [_review_lines.summary(figures), *remarks]
    if page:
        write_all({page: review_page(figures, places, remarks, language())})
        remarks.append(Message("{file}: written", file=page))
    if form == "json":
        show(_review_lines.as_json(figures, places))
    else:
        show(_review_lines.table(figures, places, language(), every=every))
    tell(*remarks, err=form == "json")
