"""What hostile inputs cost, up to the limits of the README. Usage: slow_inputs.py [PART-OF-NAME …].

Each input has three sizes, each twice the last, and the last is what the limits allow: the seconds
must double at most. Each command is a process of its own; MB is its largest moment.
"""

import io
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable
from multiprocessing import Process
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from author import Author

PATIENCE = 75  # seconds
MOST_SECONDS, MOST_MB = 60, 1_200
SETTINGS = "name: Proef\nkey: proef-deck\nlanguage: nl\ndescription: Een proef.\n"
FILE = 4_800_000  # bytes

COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "spell": ("check",),
    "build": ("build",),
    "preview": ("preview", "--no-browser"),
    "site": ("release", "--first", "--yes", "--allow-warnings", "--site", "site"),
    "diff": ("diff",),
    "package": ("diff", "old.apkg", "new.apkg"),
}


class Input(NamedTuple):
    """An input: its name, its largest size, what writes it into a folder, and who reads it."""

    name: str
    most: int
    write: Callable[[Path, int], object]
    commands: tuple[str, ...] = ("check",)


class Run(NamedTuple):
    """What one process took, and its exit code; None where it was not waited for."""

    seconds: float
    processor: float
    memory: float
    code: int | None


def once(room: Path, command: str) -> Run:
    """Run a command in a folder; a preview ends when its page can be seen."""
    (room / "nowhere").mkdir(exist_ok=True)
    (room / "nowhere" / "anki.py").write_text("raise ImportError")  # its time is not ours
    path = os.pathsep.join(filter(None, [str(room / "nowhere"), os.environ.get("PYTHONPATH")]))
    cache = {"XDG_CACHE_HOME": str(room / "cache"), "PYTHONPATH": path}
    spelling = {} if command == "spell" else {"DICPATH": str(room / "nowhere")}
    started = perf_counter()
    with (room / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "deckwright", *COMMANDS[command]],
            cwd=room,
            env={**os.environ, **cache, **spelling},
            stdout=subprocess.PIPE if command == "preview" else output,
            stderr=output,
        )
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    if process.stdout:
        process.stdout.readline()
        process.kill()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    seconds = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    code: int | None = 0 if command == "preview" else process.returncode
    code = code if seconds < PATIENCE else None
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, code)


def deck(room: Path, notes: Iterable[str], settings: str = "", most: int = FILE) -> None:
    """Write a deck of these notes (YAML mappings on one line each), in files of `most` bytes."""
    cards = room / "cards"
    cards.mkdir(exist_ok=True)
    (cards / "deck.yaml").write_text(SETTINGS + settings, "utf-8")
    lines: list[str] = []
    size, number = 0, itertools.count(1)

    def flush() -> None:
        part = next(number)
        head = f"subdeck: {part:02} Deel\nnotes:\n"
        (cards / f"{part}-deel.yaml").write_text(head + "".join(lines), "utf-8")

    for note in notes:
        lines.append(f"- {note}\n")
        size += len(lines[-1].encode())
        if size > most:
            flush()
            lines, size = [], 0
    flush()


def question(number: int, text: str = "", more: str = "") -> str:
    """Return a note with a question."""
    said = text or f"Wat is het {word(number)} van {word(number * 7 + 1)}?"
    answer = f"Dat is {word(number * 3)}."
    return json.dumps({"id": f"n-{number}", "question": said, "answer": answer})[:-1] + f"{more}}}"


def word(number: int) -> str:
    """Return a word of its own for a number."""
    syllables = [
        "ba",
        "de",
        "gi",
        "ko",
        "lu",
        "ma",
        "ne",
        "pi",
        "ro",
        "su",
        "ta",
        "ve",
        "wi",
        "zo",
        "fu",
    ]
    said = ""
    while number or not said:
        number, rest = divmod(number, len(syllables))
        said += syllables[rest]
    return f"w{said}"


def text_notes(piece: str, length: int = 3_900) -> Callable[[Path, int], None]:
    """Return what writes notes whose answers are `piece` again and again."""
    answer = (piece * (length // len(piece) + 1))[:length]

    def write(room: Path, count: int) -> None:
        notes = (
            json.dumps(
                {"id": f"n-{n}", "question": f"Wat is {word(n)}?", "answer": f"{word(n)} {answer}"}
            )
            for n in range(count)
        )
        deck(room, notes)

    return write


def covers(room: Path, count: int) -> None:
    """Write points of a guide, and as many covers that are none of them."""
    points = "".join(f"  - {{id: punt-{word(n)}, kind: feit, title: T}}\n" for n in range(count))
    notes = (
        question(
            n, more=f', "covers": [{", ".join(f"punt-{word(n * 50 + m)}x" for m in range(50))}]'
        )
        for n in range(count // 50)
    )
    deck(room, notes)
    guide = f"title: G\nparts:\n- id: deel\n  title: D\n  points:\n{points}"
    (room / "cards" / "guide.yaml").write_text(guide, "utf-8")


def lines(line: str, before: str = "", after: str = "") -> Callable[[Path, int], None]:
    """Return what writes a file of one line many times."""

    def write(room: Path, count: int) -> None:
        deck(room, [question(1)])
        content = before + line * count + after
        (room / "cards" / "1-deel.yaml").write_text(content, "utf-8", newline="")

    return write


BROKEN = "\n".join(
    f"- id: n-{n}\n  question: Wat is {word(n)}?\n  answer: Iets." for n in range(999)
)
BROKEN = f'subdeck: S\nnotes:\n- id: kapot\n  question: "a" b\n  answer: c\n{BROKEN}\n'


def warned(room: Path, count: int, more: str = "") -> None:
    """Write short notes, each with a warning."""
    deck(room, (question(n, f"Noem {word(n)} en {word(n * 7)}", more) for n in range(count)))


def allowed(room: Path, count: int) -> None:
    """Write notes with a warning each, which is allowed."""
    warned(room, count, ', "allow": {"question-mark": "ja"}')


def plain(room: Path, count: int) -> None:
    """Write notes with nothing wrong."""
    deck(room, map(question, range(count)))


def reworded(room: Path, count: int) -> None:
    """Release notes, and reword them all, in files of which none takes longer than one may."""
    deck(room, map(question, range(count)), most=FILE // 4)
    release(room)
    texts = (f"Noem nu eens {word(n + 5)} en dan {word(n)}" for n in range(count))
    deck(room, map(question, range(count), texts), most=FILE // 4)


def release(room: Path) -> None:
    """Release what is there, unmeasured."""
    assert once(room, "site").code == 0, (room / "output").read_text()[-1000:]
    shutil.rmtree(room / "site")


def long_rewording(before: str, after: str) -> Callable[[Path, int], None]:
    """Return what releases long texts, and writes others instead."""

    def write(room: Path, count: int) -> None:
        text_notes(before)(room, count)
        release(room)
        text_notes(after)(room, count)

    return write


def gaps(room: Path, count: int) -> None:
    """Release cloze texts of as many gaps as may be, and reword them all."""

    def notes(word_before: str) -> Iterable[str]:
        for n in range(count):
            text = " ".join(
                f"{word_before} {word(n + g)[:4]} {{{{c{g}::{word(g)[:4]}}}}}"
                for g in range(1, 100)
            )
            yield json.dumps({"id": f"n-{n}", "cloze": text})

    deck(room, notes("de"))
    release(room)
    deck(room, notes("het"))


def renamed(room: Path, count: int) -> None:
    """Release long notes, and give all of them new ids and other texts."""
    text_notes("Dit is een zin over een huis met een tuin. ")(room, count)
    release(room)
    other = text_notes("Over het huis en zijn tuin gaat nu deze zin. ")
    other(room, count)
    for file in (room / "cards").glob("*-deel.yaml"):
        file.write_text(file.read_text().replace('"n-', '"m-'))


def alike(room: Path, count: int) -> None:
    """Write questions of 3,900 characters with three rare words in common."""
    deck(
        room,
        (
            question(
                n,
                "Zeldzaam apart bijzonder "
                + " ".join(word(n * 577 + m) for m in range(560))[:3800]
                + "?",
            )
            for n in range(count)
        ),
    )


def retired_ledger(room: Path, count: int) -> None:
    """Write a ledger of very many retired notes."""
    from deckwright.release import _ledger_line

    plain(room, 2)
    release(room)
    ledger = room / "cards" / "deck.lock"
    rows = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    notes = [row for row in rows if "note" in row]
    gone = {**notes[0], "retired": 1, "reason": "x"}
    copies = (
        {**gone, "note": f"gone-{n}", "guid": f"{n:012}", "anki": (1_600_000_000 + n) * 1000}
        for n in range(count)
    )
    rows = [row for row in rows if "note" not in row] + [*copies, *notes]
    for row in rows:
        row.pop("sum")
        row.update({"notes": count + len(notes)} if "release" in row else {})
    ledger.write_text("".join(map(_ledger_line.line, rows)), "utf-8")


def one_note(key: str, item: Callable[[int], str], wrap: str) -> Callable[[Path, int], None]:
    """Return what writes one note with very many things under one key."""

    def write(room: Path, count: int) -> None:
        inside = ", ".join(map(item, range(count)))
        deck(
            room,
            [question(1, more=f', "{key}": {wrap[0]}{inside}{wrap[1]}' if key else f", {inside}")],
        )

    return write


def rules(room: Path, count: int) -> None:
    """Write rules that are none."""
    deck(
        room, [question(1)], "rules:\n" + "".join(f"  {word(n)}-long: off\n" for n in range(count))
    )


def retired_list(room: Path, count: int) -> None:
    """List retired ids that nobody ever had."""
    deck(room, [question(1)], "retired:\n" + "".join(f"  {word(n)}: x\n" for n in range(count)))


def words(room: Path, count: int) -> None:
    """Write words that no dictionary knows."""
    deck(
        room,
        (
            question(n, "Wat is " + " ".join(word(n * 50 + m) for m in range(50)) + "?")
            for n in range(count // 50)
        ),
    )


def word_list(room: Path, count: int) -> None:
    """Write a long word list, all of it used."""
    words(room, count)
    listed = "".join(f"{word(n)}: x\n" for n in range(count))
    (room / "cards" / "woordenlijst.txt").write_text(listed)


def svg(content: str) -> Callable[[Path, int], None]:
    """Return what writes a drawing that holds `content` (`%` stands for a long filling)."""

    def write(room: Path, size: int) -> None:
        deck(room, [question(1, "Wat is ![x](media/x.svg)?")])
        (room / "cards" / "media").mkdir(exist_ok=True)
        begin, _, end = content.partition("%")
        filling, _, end = end.partition("%")
        filled = filling * (size // len(filling))
        made = f'<svg xmlns="http://www.w3.org/2000/svg">{begin}{filled}{end}'
        (room / "cards" / "media" / "x.svg").write_text(made)

    return write


def missing_media(room: Path, count: int) -> None:
    """Write pictures with names alike, and texts that refer to none of them."""
    deck(
        room,
        (
            question(n, f"Wat is ![een](media/plaatje-{word(n)}-x.png) {word(n)} en {word(n + 1)}?")
            for n in range(count)
        ),
    )
    (room / "cards" / "media").mkdir(exist_ok=True)
    for n in range(count):
        (room / "cards" / "media" / f"plaatje-{word(n)}.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def package(fill: str) -> Callable[[Path, int], None]:
    """Return what writes two packages with wide texts."""

    def write(room: Path, count: int) -> None:
        import sqlite3

        author = Author(room / "author")
        made = author.releases().package.read_bytes()
        (room / "new.apkg").write_bytes(made)
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        (room / "db").write_bytes(files["collection.anki2"])
        with sqlite3.connect(room / "db") as base:
            row = list(base.execute("select * from notes").fetchone())
            for n in range(count):
                row[0], row[1], row[6] = (
                    row[0] + 1_000_000,
                    f"guid{n}",
                    "\x1f".join([f"n-{n}", fill] + [""] * 8),
                )
                base.execute("insert into notes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        base.close()
        files["collection.anki2"] = (room / "db").read_bytes()
        with zipfile.ZipFile(room / "old.apkg", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)

    return write


INPUTS = [
    Input("covers that are no points", 100_000, covers),
    Input("empty lines before 1,000 items, one broken", 4_700_000, lines("\n", after=BROKEN)),
    Input("lines with a control sign", 2_400_000, lines("\x01\n")),
    Input("carriage returns", 4_700_000, lines("\r", after=BROKEN)),
    Input("items, all broken", 200_000, lines('- a: "b" c\n', "subdeck: S\nnotes:\n")),
    Input(
        "keys on lines of their own, one broken", 500_000, lines("kind: x\n", after='a: "b" c\n')
    ),
    Input("a warning each, allowed", 100_000, allowed, ("check", "preview")),
    Input("a warning each", 100_000, warned, ("check", "build", "preview", "site")),
    Input("nothing wrong", 100_000, plain, ("check", "build", "preview", "site")),
    Input("all reworded", 40_000, reworded, ("build", "diff")),
    Input("questions with rare words in common", 8_000, alike),
    Input("retired notes", 200_000, retired_ledger, ("build",)),
    Input("99 gaps, all reworded", 60, gaps, ("build", "diff")),
    Input(
        "long texts, all reworded",
        8_000,
        long_rewording(
            "Dit is een zin over een huis met een tuin. ",
            "Het is nu een regel over een huis bij een tuin. ",
        ),
        ("build", "diff"),
    ),
    Input("long texts, repeating", 8_000, long_rewording("a b ", "a a b b "), ("build", "diff")),
    Input("long texts with other ids", 100, renamed, ("build",)),
    Input("allowances on one note", 200_000, one_note("allow", lambda n: f"{word(n)}: x", "{}")),
    Input("tags on one note", 400_000, one_note("tags", word, "[]")),
    Input("covers on one note", 400_000, one_note("covers", word, "[]")),
    Input("unknown keys on one note", 300_000, one_note("", lambda n: f"{word(n)}: x", "  ")),
    Input("rules that are none", 200_000, rules),
    Input("retired ids that nobody had", 200_000, retired_list, ("build",)),
    Input("words that no dictionary knows", 1_000_000, words, ("spell",)),
    Input("a long word list", 200_000, word_list, ("spell",)),
    Input("an SVG with an open comment", 19_000_000, svg("<!--%x%")),
    Input("an SVG with an open attribute", 19_000_000, svg('<path d="%x%')),
    Input("an SVG of words", 19_000_000, svg("<text>%word % </text></svg>")),
    Input("an SVG of styles", 19_000_000, svg("<style>%url(#a) %</style></svg>")),
    Input("an SVG with many problems", 19_000_000, svg("%<a/>%</svg>")),
    Input("pictures and other names", 10_000, missing_media),
    Input("a package of wide texts", 39, package("x" * 2_400_000 + "😀"), ("package",)),
]


def main() -> None:
    """Print a row for each input and command: seconds and MB at each size."""
    wanted = sys.argv[1:]
    worst = 0
    for each in INPUTS:
        if wanted and not any(part in each.name for part in wanted):
            continue
        for command in each.commands:
            row = f"{each.name:44} {command:8}"
            for size in (each.most // 4, each.most // 2, each.most):
                with tempfile.TemporaryDirectory() as folder:
                    room = Path(folder)
                    writer = Process(target=each.write, args=(room, size))
                    writer.start()  # a process by itself, as the memory that we take counts for all
                    writer.join()
                    assert writer.exitcode == 0
                    shutil.rmtree(room / "cache", ignore_errors=True)
                    run = once(room, command)
                over = run.code is None or run.seconds > MOST_SECONDS or run.memory > MOST_MB
                worst += over
                row += f" | {size:>9,} {run.seconds:6.1f} s {run.processor:6.1f} cpu"
                row += f" {run.memory:5.0f} MB {run.code}{' !' if over else ''}"
                if run.code is None:
                    break
            print(row, flush=True)
    sys.exit(1 if worst else 0)


if __name__ == "__main__":
    main()
