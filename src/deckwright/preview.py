"""The page that shows every card: its data, its files, and the site for learners."""

import json
import re
from dataclasses import asdict, dataclass, field, replace
from importlib import resources
from pathlib import Path
from string import Template

from deckwright import writes
from deckwright.allow import note_at
from deckwright.build import Plan, Sound, package
from deckwright.cardview import sides
from deckwright.language import language
from deckwright.markup import Renderer
from deckwright.problem import Problem
from deckwright.render import description

FILES = {"preview.css": "text/css", "preview.js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One card on the page; `place` is where its note stands."""

    note: str
    card: int
    part: str
    kind: str
    tags: tuple[str, ...]
    front: str
    back: str
    place: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows; `media` are the files of the cards by name, not part of the data."""

    name: str
    language: str
    css: str
    cards: tuple[Shown, ...] = ()
    problems: tuple[str, ...] = ()
    media: dict[str, Path] = field(default_factory=dict)

    def json(self) -> str:
        """Return the data of the page."""
        text = json.dumps({**asdict(self), "media": []}, ensure_ascii=False)
        return text.encode(errors="backslashreplace").decode()  # a file's name may be no UTF-8


EMPTY = Page("deckwright", "en", "")


def page(plan: Plan, last: Page = EMPTY) -> Page:
    """Return the page of a plan; where it has errors, the cards of `last` with the problems."""
    if plan.sound is None:
        problems = tuple(_line(problem) for problem in plan.problems)
        return Page(last.name, last.language, last.css, last.cards, problems, last.media)
    sound = plan.sound
    by_note: dict[str, list[str]] = {}
    others: list[str] = []
    for problem in plan.problems:
        note = note_at(sound.deck, problem.place)
        lines = by_note.setdefault(note.id.value, []) if note else others
        lines.append(_line(problem))
    return Page(
        name=sound.deck.name.value,
        language=sound.deck.language.value,
        css=next(iter(sound.types.values())).css,
        cards=tuple(_cards(sound, by_note)),
        problems=tuple(others),
        media={file.name: file.path for file in sound.media.values()},
    )


def html(shown: Page, *, landing: str = "", embedded: bool = False) -> str:
    """Return the page; with `embedded` its data stands in it, so that no server is needed."""
    data = shown.json().replace("<", "\\u003c") if embedded else ""
    words = language(shown.language).preview
    return Template(_file("preview.html")).substitute(
        words,
        title=_escaped(shown.name),
        lang=shown.language,
        heading="h2" if landing else "h1",
        data=data,
        landing=landing,
    )


def export(
    plan_sound: tuple[Plan, Sound], out: Path, *, url: str = "", changelog: str = ""
) -> Path:
    """Write a site for learners into `out`: the page, the package, how to install it, what is new.

    `url` is where the site will stand, for a QR code; `changelog` is Markdown. Returns the page's
    file; OSError where the folder refuses.
    """
    plan, sound = plan_sound
    shown = page(plan)
    shown = replace(shown, cards=tuple(replace(card, place="") for card in shown.cards))
    name = f"{sound.deck.key.value}.apkg"
    about = description(sound.deck)
    landing = _landing(shown, name, about, url, changelog)
    written = html(shown, landing=landing, embedded=True)
    media = {out / "media" / file: path.read_bytes() for file, path in shown.media.items()}
    assets = {out / file: _file(file).encode() for file in FILES}
    pages = {out / name: package(sound), out / "index.html": written.encode()}
    writes.write_all(media | assets | pages)
    return out / "index.html"


def asset(name: str) -> bytes:
    """Return one of FILES."""
    return _file(name).encode()


def _cards(sound: Sound, problems: dict[str, list[str]]) -> "list[Shown]":
    shown = []
    places = {note.id.value: note.id.place for note in sound.deck.notes}
    for stamped in sound.stamped.notes:
        note = stamped.note
        place = places[note.id]
        for number in note.ords:
            front, back = (_playable(side) for side in sides(sound.types[note.kind], note, number))
            shown.append(
                Shown(
                    note=note.id,
                    card=number + 1,
                    part=note.deck.removeprefix(f"{sound.deck.name.value}::"),
                    kind=note.kind,
                    tags=note.tags,
                    front=front,
                    back=back,
                    place=f"{place.file}:{place.line}",
                    problems=tuple(problems.get(note.id, ())),
                )
            )
    return shown


def _playable(side: str) -> str:
    """Make a card part of a page.

    Its media are found and its sounds play; the page has a `main` of its own; and its policy allows
    no inline handler, so the page's script opens hints.
    """
    side = side.replace("<main ", "<div ").replace("</main>", "</div>")
    side = re.sub(r'\nonclick="[^"]*"', "", side)
    side = re.sub(r'(<img [^>]*src=")([^"/]+")', r"\1media/\2", side)
    return re.sub(r"\[sound:([^\]]+)\]", r'<audio controls src="media/\1"></audio>', side)


def _landing(shown: Page, package_name: str, about: str, url: str, changelog: str) -> str:
    words = language(shown.language).preview
    code = ""
    if url:
        import segno

        svg = segno.make(url, micro=False).svg_inline(scale=4, title=url, border=2)
        code = f'<figure class="code">{svg}<figcaption>{_escaped(url)}</figcaption></figure>'
    news = Renderer().html(re.sub(r"^#+ (.*)$", r"**\1**", changelog, flags=re.MULTILINE))
    return Template(_file("landing.html")).substitute(
        words,
        title=_escaped(shown.name),
        about=about,
        package=package_name,
        code=code,
        news=news,
    )


def _line(problem: Problem) -> str:
    place = problem.place
    return (
        f"{place.file}:{place.line}:{place.col}: {problem.level}[{problem.code}]: "
        f"{problem.message}. {problem.hint}"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _file(name: str) -> str:
    return resources.files("deckwright").joinpath("templates", name).read_text("utf-8")
