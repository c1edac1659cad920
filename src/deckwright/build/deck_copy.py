"""A deck that begins as a copy of another: a fork, or a translation."""

import codecs
import re
from pathlib import Path

from deckwright.build.starter_files import (
    CARDS,
    StartError,
    files_around,
    new_key,
    problems_in,
    quoted,
)
from deckwright.cards import media
from deckwright.disk.file_names import is_litter
from deckwright.disk.reading import names_in, read_bytes
from deckwright.source.deck import Text
from deckwright.source.reader import SETTINGS, read_settings
from deckwright.words.language import language, languages
from deckwright.words.messages import Message

_WORD_LISTS = {language(code).word_list for code in languages()}


def copied_files(source: Path, folder: Path, name: str, code: str | None) -> dict[Path, bytes]:
    """Return the files of a deck in `folder` that begins as the cards of the folder `source`.

    It has another name and key, and no ledger, so that nobody has it yet; ids and texts stay. Where
    learners report mistakes goes: the first author could do nothing with those.
    `code` is its language, None for that of `source`. StartError where that is no deck, or where
    its settings cannot be changed so; UnreadableFileError where a file is not read.
    """
    source = source if (source / SETTINGS).exists() else source / CARDS
    deck, _, problems = read_settings(source)
    if deck is None:
        message = Message("no deck to copy: {file}: {why}", file=source, why=problems[0].message)
        raise StartError(message)
    key, language_ = new_key(name), code or deck.language.value
    if key == deck.key.value:
        raise StartError(Message("the copy needs a name of its own: --name"))
    names = sorted(filter(_is_copied, names_in(source)))
    files: dict[str | Path, bytes] = {each: read_bytes(source / each) for each in names}
    texts = {deck.name: quoted(name), deck.key: key, deck.language: language_}
    files[SETTINGS] = _with(files[SETTINGS], texts, without=deck.report)
    problems_in({SETTINGS: files[SETTINGS]})
    library, _ = media.scan(source)
    files |= {file.path.relative_to(source): file.path.read_bytes() for file in library.values()}
    made = {folder / CARDS / each: content for each, content in files.items()}
    return made | files_around(folder, name, language_)


def _is_copied(name: str) -> bool:
    return (name.endswith((".yaml", ".yml")) and not is_litter(name)) or name in _WORD_LISTS


def _with(raw: bytes, texts: dict[Text, str], *, without: Text | None) -> bytes:
    """Return a file with other texts in place of some, and one line less; all else stays."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    parts = re.split("(\r\n|\r|\n)", raw.decode("utf-8-sig"))  # each line, then its end
    gone = [without] if without else []
    for text in sorted([*texts, *gone], key=lambda text: text.place, reverse=True):
        if not text.body_line or text.body_line != text.line:
            at = {"file": text.file, "line": text.line}
            raise StartError(Message("write this as one plain line first: {file}:{line}", **at))
        number, start = 2 * (text.line - 1), text.body_col - 1
        if text == without:
            parts[number : number + 2] = []
            continue
        head, tail = parts[number][:start], parts[number][start + len(text.value) :]
        if head.endswith(("'", '"')):
            head, tail = head[:-1], tail[1:]
        parts[number] = f"{head}{texts[text]}{tail}"
    return mark + "".join(parts).encode("utf-8", "backslashreplace")
