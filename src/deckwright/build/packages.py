"""A build: the package of the last release where the cards are that, else a draft."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from deckwright.build import drafts
from deckwright.build.plan import BuildOptions, BuildPlan, ReadyDeck, plan_build
from deckwright.cards import media
from deckwright.cards.fields import description
from deckwright.disk import writing
from deckwright.disk.folder_lock import BusyError, hold
from deckwright.disk.reading import UnreadableFileError, read_bytes, reason
from deckwright.disk.snapshot import snapshot
from deckwright.problem import Place, Problem
from deckwright.release.ledger import DAY, LEDGER_NAME
from deckwright.release.next_release import Clock, NextRelease
from deckwright.release.stamped_notes import StampedNote
from deckwright.source.text_files import refused
from deckwright.words.language import language
from deckwright.words.messages import Message

_TRIES = 3


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build makes: the package, all files by path, and what the package is or would be."""

    package: Path
    files: dict[Path, bytes]
    ready: ReadyDeck

    @property
    def release(self) -> NextRelease:
        """The last release, or the next one of which this is a draft."""
        return self.ready.release


def build_deck(
    folder: Path,
    out: Path,
    clock: Clock,
    options: BuildOptions | None = None,
    *,
    released: bool = False,
) -> tuple[BuildResult | None, list[Problem]]:
    """Build the cards of `folder` into a package in `out`; nothing is written into `folder`.

    With `released`, a draft is a problem. Returns what was made and the warnings, or None and the
    problems: then nothing was written. What is written follows from all files as they were at one
    moment; another build is waited for.
    """
    options = options or BuildOptions()
    try:
        with hold(folder, options.resources.tell):
            plan, problems = steady_plan(folder, out, clock, options, draft=True)
            ready = plan.ready
            if ready is None:
                return None, problems
            if released and not ready.release.is_out:
                return None, [*problems, not_released(folder, ready)]
            if options.over_drafts:
                ready = _over_last_draft(ready, out, clock)
            options.resources.tell(Message("make the package"))
            made = _made(ready, out)
            if not options.dry_run:
                _write(made, out)
            return made, problems
    except BusyError as error:
        return None, [busy(folder, error)]
    except UnreadableFileError as error:  # a picture that went meanwhile
        return None, [refused(error, folder / media.FOLDER)]
    except OSError as error:
        return None, [unwritable(error, out)]


def steady_plan(
    folder: Path, out: Path, clock: Clock, options: BuildOptions, *, draft: bool = False
) -> tuple[BuildPlan, list[Problem]]:
    """Return the plan of a folder as it was at one moment, with all problems.

    `out` is the folder with drafts; a release is later than all of them. As a `draft`, notes have
    the times of the last draft. The plan has no `ready` where there are errors, or where the files
    do not come to rest.
    """
    for _ in range(_TRIES):
        seen = snapshot([folder], [folder / media.FOLDER])
        plan = plan_build(folder, clock, options)
        if plan.ready and not plan.ready.release.is_out:
            memory = drafts.load(out / draft_name(plan.ready, ".json"), clock.now + DAY)
            time = clock.release_time(plan.ready.held, memory.newest)
            if time != clock.release_time(plan.ready.held):  # a draft was made later than now
                plan = plan_build(folder, clock, options, drafts=memory.newest)
            plan = _with_drafts(plan, memory, time) if draft else plan
        if snapshot([folder], [folder / media.FOLDER]) == seen:
            return plan, plan.problems
    return replace(plan, ready=None), [files_changing(folder)]


def package_bytes(
    ready: ReadyDeck, notes: tuple[StampedNote, ...] | None = None, *, draft: bool = False
) -> bytes:
    """Return the package of a deck, or that of other stamped notes with the deck's note types.

    The description of the deck ends with the number and day of the release.
    """
    from deckwright.anki.package_writer import DeckInfo, write_package

    deck, release = ready.deck, ready.release
    about = f"{description(deck)}<p>{_edition(ready, draft=draft)}</p>"
    info = DeckInfo(deck.key.value, deck.name.value, about, ready.types, release.types)
    packed = release.notes if notes is None else notes
    names = {name for note in packed for name in note.note.media}
    files = {
        file.name: read_bytes(file.path, media.TOO_LARGE)
        for file in ready.media.values()
        if file.name in names
    }
    return write_package(info, packed, files)


def _edition(ready: ReadyDeck, *, draft: bool) -> str:
    last = ready.release.ledger.releases[-1]
    day = datetime.fromtimestamp(last.time, UTC).strftime(label(ready, "date"))
    return label(ready, "draft_edition" if draft else "edition").format(
        number=last.number, date=day
    )


def package_name(ready: ReadyDeck) -> str:
    """Return the name of the package of a release."""
    return f"{ready.deck.key.value}.apkg"


def draft_name(ready: ReadyDeck, ending: str = ".apkg") -> str:
    """Return the name of the package of a draft, or of the memory beside it."""
    return f"{ready.deck.key.value}-{label(ready, 'draft')}{ending}"


def label(ready: ReadyDeck, name: str) -> str:
    """Return a label in the language of a deck."""
    return language(ready.deck.language.value).labels[name]


def files_changing(folder: Path) -> Problem:
    """Return the problem of files that do not come to rest."""
    message = Message("the files change while they are read")
    hint = Message("try again when the editor, or whatever else writes here, has ended")
    return Problem(Place(str(folder)), "files-changing", message, hint)


def busy(folder: Path, error: BusyError) -> Problem:
    """Return the problem of another deckwright that is at work on a folder."""
    hint = Message("wait until it has ended, then try again")
    return Problem(Place(str(folder)), "deck-busy", error.message, hint)


def unwritable(error: OSError, out: Path) -> Problem:
    """Return the problem of a file that the system does not let us write."""
    message = Message("it cannot be written: {reason}", reason=reason(error))
    hint = Message("make room on the disk or change the folder's permissions, then try again")
    name = str(error.filename2 or error.filename or out)
    return Problem(Place(name), "file-unwritable", message, hint)


def _with_drafts(plan: BuildPlan, memory: drafts.Drafts, time: int) -> BuildPlan:
    """Return the plan with the times that notes have as drafts; its ledger stays."""
    if plan.ready is None:
        return plan
    release = plan.ready.release
    notes = memory.times(release.notes, plan.ready.held.number, time)
    return replace(plan, ready=replace(plan.ready, release=replace(release, notes=notes)))


def _over_last_draft(ready: ReadyDeck, out: Path, clock: Clock) -> ReadyDeck:
    """Return the deck with notes that replace those of the last draft; that is no release."""
    memory = drafts.load(out / draft_name(ready, ".json"), clock.now + DAY)
    time = clock.release_time(ready.held, memory.newest)
    notes = memory.over(ready.release.notes, ready.held.number, time)
    if notes == ready.release.notes:
        return ready
    return replace(ready, release=replace(ready.release, notes=notes, is_out=False))


def not_released(folder: Path, ready: ReadyDeck) -> Problem:
    """Return the problem of cards that are not those of the last release."""
    number = ready.held.number
    message = (
        Message("the cards are not those of release {number}", number=number)
        if number
        else Message("there is no release yet")
    )
    hint = Message("run 'deckwright release', and commit the ledger with the cards")
    return Problem(Place(str(folder / LEDGER_NAME)), "not-released", message, hint)


def _made(ready: ReadyDeck, out: Path) -> BuildResult:
    content = package_bytes(ready, draft=not ready.release.is_out)
    if ready.release.is_out:
        package = out / package_name(ready)
        return BuildResult(package, {package: content}, ready)
    package = out / draft_name(ready)
    memory = drafts.remember(ready.release.notes, ready.held.number)
    files = {out / draft_name(ready, ".json"): drafts.dump(memory).encode(), package: content}
    return BuildResult(package, files, ready)


def _write(made: BuildResult, out: Path) -> None:
    writing.write_all(made.files)
    if made.release.is_out:
        (out / draft_name(made.ready)).unlink(missing_ok=True)  # nobody is to send it any more
