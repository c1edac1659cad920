"""An earlier ledger, of a revision of git or of a file, to compare with."""

from pathlib import Path

from deckwright.build._git import git
from deckwright.build.plan import ledger_of, read_ledger
from deckwright.problem import Problem
from deckwright.release.ledger import LEDGER_NAME
from deckwright.release.ledger_changes import Base
from deckwright.words.messages import Message, MessageError


class BaseError(MessageError):
    """A base that is neither a file nor a revision of git here, or that git cannot read."""


def base_ledger(cards: Path, name: str) -> tuple[Base | None, list[Problem]]:
    """Return the ledger of a file, or of the commit from which this branch and a revision come.

    None where that commit has no ledger, or where it is not one: then with the problems. BaseError
    where there is no such file or revision, or where git does not have the ledger's content here.
    """
    if Path(name).is_file():
        ledger, problems = read_ledger(Path(name))
    else:
        commit = _fork(cards, name)
        raw = git(cards, "cat-file", "blob", f"{commit}:./{LEDGER_NAME}")
        if raw is None:
            if git(cards, "ls-tree", commit, "--", f"./{LEDGER_NAME}") != b"":
                raise BaseError(Message("git cannot read the ledger of '{name}' here", name=name))
            return None, []
        ledger, problems = ledger_of(raw, f"{name}:{(cards / LEDGER_NAME).as_posix()}")
    return (Base(name, ledger) if ledger else None), problems


def _fork(cards: Path, name: str) -> str:
    """Return the last commit that HEAD and a revision have in common, else the revision's own."""
    found = git(cards, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if not found:
        raise BaseError(Message("there is no file and no revision '{name}' here", name=name))
    commit = found.decode().strip()
    common = git(cards, "merge-base", "HEAD", commit)
    return common.decode().strip() if common else commit
