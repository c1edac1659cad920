"""`deckwright init`: a deck that stands, and nothing that was there is touched."""

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from author import Author
from commands import run
from real_deck import CARDS

from deckwright.build.starter_files import new_key
from deckwright.check.schema import FILES
from deckwright.disk.snapshot import snapshot
from deckwright.source.deck import Deck
from deckwright.source.ids import is_id
from deckwright.source.reader import read_notes, read_settings

ROOT = CARDS.parent
DICTIONARIES = "/usr/share/hunspell"  # where Debian keeps them


def started(folder: Path, *words: object) -> Path:
    """Start a deck, and return its folder."""
    result = run("init", folder, "--name", "Koffie zetten", "--subject", "koffie", *words)
    assert result.exit_code == 0, result.output
    return folder


def deck_of(cards: Path) -> Deck:
    """Return the settings of a deck."""
    deck, _, problems = read_settings(cards)
    assert deck, problems
    return deck


def everything(folder: Path) -> list[Any]:
    """Return what is in a folder, hidden files too."""
    return [(path, path.lstat().st_mtime_ns) for path in sorted(folder.rglob("*"))]


@pytest.mark.parametrize("dictionaries", ["/nowhere", DICTIONARIES])
@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_new_deck_has_no_warning_and_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, dictionaries: str
) -> None:
    """With and without a dictionary; every note of it covers a point, and nothing is missing."""
    monkeypatch.setenv("DICPATH", dictionaries)
    monkeypatch.chdir(started(tmp_path / "deck", "--language", code))
    result = run("check", "--strict", "--hints")
    assert (result.exit_code, result.stdout) == (0, "no problems\n")
    assert ", 0 with something missing" in run("check", "--coverage").stdout
    assert "6 new" in run("build").output
    released = run("release", "--yes", "--first")
    assert released.exit_code == 0, released.output


def test_words_of_the_subject_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the dictionary does not know stands in the word list, with its reason."""
    words = tmp_path / "deck" / "cards" / "woordenlijst.txt"
    subject = "de kunst van het frobbeloneren"
    say = ("init", "--name", "X y", "--subject", subject, "--language", "nl")
    run(*say, tmp_path / "plain")
    texts = [path.read_text("utf-8") for path in (tmp_path / "plain" / "cards").glob("*.yaml")]
    known = set(re.findall(r"[^\W\d_]+", " ".join(texts))) - {"frobbeloneren"}
    (tmp_path / "nl_NL.aff").write_text("SET UTF-8\n")
    (tmp_path / "nl_NL.dic").write_text("\n".join([str(len(known)), *sorted(known), ""]), "utf-8")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    run(*say, tmp_path / "deck")
    assert "\nfrobbeloneren: een woord uit het onderwerp\n" in words.read_text("utf-8")
    checked = run("check", "--strict", "--cards", words.parent)
    assert (checked.exit_code, checked.stdout) == (0, "no problems\n")
    (words.parent / "woordenlijst.txt").write_text("# niets\n")
    assert "frobbeloneren" in run("check", "--hints", "--cards", words.parent).stdout


@pytest.mark.parametrize(
    "name",
    ["Koffie: zetten #1", "'t Gooi en \\", "{a}", "- x", "null", "☕ thee", "[x", "@NAME@"],
)
def test_a_name_is_read_as_it_was_said(tmp_path: Path, name: str) -> None:
    """Whatever YAML would make of it."""
    result = run("init", tmp_path, "--name", name, "--language", "nl")
    assert result.exit_code == 0, result.output
    assert deck_of(tmp_path / "cards").name.value == name
    assert run("check", "--strict", "--cards", tmp_path / "cards").exit_code == 0


@pytest.mark.parametrize(
    ("name", "subject", "said"),
    [
        ('De "pers"', "koffie", "is not a name for a deck; write it on one line without"),
        ("a::::b", "koffie", "is not a name for a deck"),
        ("a\nb", "koffie", "is not a name for a deck"),
        ("a\x07b", "koffie", "U+0007"),
        ("a\ud800b", "koffie", "escape"),
        ("a" * 201, "koffie", "has 201 characters; 200 is the most"),
        ("koffie", "k" * 5_000, "characters; "),
        ("koffie", "<script>x</script>", "script"),
    ],
)
def test_a_name_that_cannot_be(tmp_path: Path, name: str, subject: str, said: str) -> None:
    """The reader's words, exit code 1, and not even a folder."""
    folder = tmp_path / "deck"
    result = run("init", folder, "--name", name, "--subject", subject, "--language", "nl")
    assert result.exit_code == 1, result.output
    assert said in result.output
    assert not folder.exists()


def test_a_key_is_one_that_no_other_deck_has() -> None:
    """Made of the name; one plain word gets a tail by chance, and what Anki reserves a head."""
    assert new_key("Koffie zétten!") == "koffie-zetten"
    assert re.fullmatch("koffie-[0-9a-f]{4}", new_key("Koffie"))
    assert len({new_key("Koffie") for _ in range(20)}) > 10
    assert re.fullmatch("deck-[0-9a-f]{4}", new_key("咖啡"))
    assert new_key("Backup plan") == "deck-backup-plan"
    assert new_key("Collection of tips") == "deck-collection-of-tips"
    for name in ("con", "x" * 500, "backup", "a-" * 90):
        assert is_id(new_key(name))


WRITTEN = [
    ".deckwright/cards.schema.json",
    ".deckwright/deck.schema.json",
    ".deckwright/guide.schema.json",
    ".gitattributes",
    ".github/workflows/deck.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/settings.json",
    "README.md",
    "cards/1-goede-kaarten.yaml",
    "cards/deck.yaml",
    "cards/guide.yaml",
    "cards/woordenlijst.txt",
]


def test_what_is_written(tmp_path: Path) -> None:
    """These files and no others; a folder that has something else is fine."""
    (tmp_path / "LICENSE").write_text("CC0")
    started(tmp_path, "--language", "nl")
    found = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(found) == sorted([*WRITTEN, "LICENSE"])
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or not re.search("@[A-Z]+@", path.read_text("utf-8")), path


@pytest.mark.parametrize(
    ("how", "taken"),
    [
        *(("file", name) for name in [*WRITTEN, "cards/9-mijn.yaml", ".github", "cards"]),
        *(("folder", name) for name in ("README.md", "cards/deck.yaml", "cards/9-mijn")),
        *(("link", name) for name in ("README.md", ".github", "cards", ".vscode")),
        *(("dead link", name) for name in ("README.md", ".github", "cards/deck.yaml")),
    ],
)
def test_nothing_is_overwritten(tmp_path: Path, taken: str, how: str) -> None:
    """A file, folder or link in the way is named, and nothing at all is written."""
    folder, elsewhere = tmp_path / "deck", tmp_path / "elsewhere"
    there = folder / taken
    there.parent.mkdir(parents=True)
    elsewhere.mkdir()
    if how == "file":
        there.write_text("mine")
    elif how == "folder":
        there.mkdir()
    else:
        there.symlink_to(elsewhere if how == "link" else tmp_path / "nowhere")
    before = everything(tmp_path)
    result = run("init", folder, "--name", "Koffie", "--language", "nl")
    assert result.exit_code == 1, result.output
    assert f"  {folder / taken.split('/9-', maxsplit=1)[0]}\n" in result.output
    assert "'deckwright init DIR'" in result.output
    assert everything(tmp_path) == before


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """It is in the way itself."""
    (tmp_path / "deck").write_text("mine")
    result = run("init", tmp_path / "deck", "--name", "Koffie")
    assert result.exit_code == 1
    assert f"  {tmp_path / 'deck'}\n" in result.output


def test_without_a_terminal_a_name_is_needed(tmp_path: Path) -> None:
    """Wrong usage, with the options to give; the language is then that of the command."""
    result = run("init", tmp_path / "deck", "--subject", "koffie")
    assert result.exit_code == 2
    assert "say --name, and --language and --subject" in result.output
    assert run("init", tmp_path / "deck", "--name", " ").exit_code == 2
    assert run("init", tmp_path / "deck", "--name", "X", "--language", "de").exit_code == 2
    assert not (tmp_path / "deck").exists()
    assert run("init", tmp_path / "deck", "--name", "X", "--lang", "nl").exit_code == 0
    assert deck_of(tmp_path / "deck" / "cards").language.value == "nl"


def at_a_terminal(*words: object, answers: str) -> tuple[int, str]:
    """Run a command at a real terminal where somebody types; return exit code and what it shows."""
    here, there = pty.openpty()
    command = [sys.executable, "-m", "deckwright", *map(str, words)]
    process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there)
    os.close(there)
    os.write(here, answers.encode())
    shown = b""
    try:
        while chunk := os.read(here, 10_000):
            shown += chunk
    except OSError:  # the terminal is closed
        pass
    os.close(here)
    return process.wait(), shown.decode()


def test_it_asks_at_a_terminal(tmp_path: Path) -> None:
    """Name, language, subject; what was said is not asked, and with --yes nothing is."""
    code, shown = at_a_terminal("init", tmp_path / "a", answers="Thee zetten\nnl\nthee\n")
    assert code == 0, shown
    assert "The name of the deck in Anki" in shown
    deck = deck_of(tmp_path / "a" / "cards")
    assert (deck.name.value, deck.language.value) == ("Thee zetten", "nl")
    assert deck.description.value == "Over thee."
    code, shown = at_a_terminal("init", tmp_path / "b", "--name", "Thee", answers="\n\n")
    assert code == 0, shown
    assert "The name of" not in shown
    assert deck_of(tmp_path / "b" / "cards").description.value == "About Thee."
    code, shown = at_a_terminal("init", tmp_path / "c", "--name", "X", "--yes", answers="")
    assert (code, "?" in shown or "language of the cards" in shown) == (0, False)
    assert at_a_terminal("init", tmp_path / "d", "--yes", answers="")[0] == 2


@pytest.mark.parametrize("code", ["nl", "en"])
def test_its_files_for_editors(tmp_path: Path, code: str) -> None:
    """Each YAML file names its schema, which is there and accepts it; settings name them, too."""
    cards = started(tmp_path, "--language", code) / "cards"
    for path in cards.glob("*.yaml"):
        first = path.read_text("utf-8").partition("\n")[0]
        named = cards / first.removeprefix("# yaml-language-server: $schema=")
        schema = json.loads(named.read_text("utf-8"))
        kind = path.stem if path.stem in FILES else "cards"
        assert schema["title"] == f"deckwright: {kind}"
        jsonschema.validate(yaml.safe_load(path.read_text("utf-8")), schema)
        assert schema == json.loads(run("schema", kind, "--lang", code).output)
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    assert {Path(name).name for name in settings} == {f"{kind}.schema.json" for kind in FILES}
    for schema, pattern in settings.items():
        assert (tmp_path / schema).is_file()
        kind = Path(schema).name.partition(".")[0]
        found = {each.stem if each.stem in FILES else "cards" for each in tmp_path.glob(pattern)}
        assert found == {kind}


def git(folder: Path, *words: str) -> str:
    """Return what git says."""
    return subprocess.check_output(["git", "-C", str(folder), *words], text=True)


@pytest.mark.parametrize("code", ["nl", "en"])
def test_its_files_for_git(tmp_path: Path, code: str) -> None:
    """Packages and drafts stay out, the ledger and the notes for learners go in, as LF."""
    started(tmp_path, "--language", code)
    git(tmp_path, "init", "--quiet")
    for options in (["build"], ["release", "--yes", "--first", "--site", tmp_path / "site"]):
        words = [*options, "--cards", tmp_path / "cards", "--out", tmp_path / "build"]
        assert run(*words).exit_code == 0
        git(tmp_path, "add", "--all")
        kept = git(tmp_path, "ls-files").split("\n")
    built = [name for name in kept if name.startswith(("build", "site"))]
    assert built == [f"build/koffie-zetten-{ {'nl': 'nieuw', 'en': 'news'}[code] }.md"]
    assert "cards/deck.lock" in kept
    ours = (ROOT / ".gitattributes").read_text().splitlines()
    assert set(ours) <= set((tmp_path / ".gitattributes").read_text().splitlines())
    assert "eol: lf" in git(tmp_path, "check-attr", "eol", "cards/deck.lock")


def workflow(folder: Path) -> tuple[str, dict[str, Any]]:
    """Return the workflow of a deck, as text and as what it says."""
    text = (folder / ".github" / "workflows" / "deck.yml").read_text("utf-8")
    return text, yaml.safe_load(text)


def test_its_workflow_runs_what_we_run(tmp_path: Path) -> None:
    """Its actions are those commits that our own CI uses; it writes only where it publishes."""
    text, flow = workflow(started(tmp_path))
    ours = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    used = re.findall(r"uses: (\S+@[0-9a-f]{40} # v[\d.]+)$", text, re.MULTILINE)
    assert len(used) == text.count("uses:") == 4
    assert set(used) == set(re.findall(r"uses: (\S+@\S+ # \S+)$", ours, re.MULTILINE))
    assert flow["permissions"] == {"contents": "read"}
    assert flow["jobs"]["publish"]["permissions"] == {"contents": "write"}
    assert "permissions" not in flow["jobs"]["check"]
    assert "refs/tags/release-" in flow["jobs"]["publish"]["if"]
    assert f"'deckwright[verify]=={metadata.version('deckwright')}'" in text


def test_it_installs_the_deckwright_that_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The revision in git where it came from there, as pip notes (PEP 610)."""
    info = tmp_path / "site" / "deckwright-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: deckwright\nVersion: 0.1.0\n")
    came = {"url": "https://example.org/deckwright.git", "vcs_info": {"commit_id": "0a1b2c"}}
    (info / "direct_url.json").write_text(json.dumps(came), "utf-8")
    monkeypatch.syspath_prepend(str(info.parent))
    text, _ = workflow(started(tmp_path / "deck"))
    source = "deckwright[verify] @ git+https://example.org/deckwright.git@0a1b2c"
    assert text.count(f"- run: pip install '{source}'\n") == 2
    assert f"uv tool install '{source}'" in (tmp_path / "deck" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("code", ["nl", "en"])
def test_its_commands_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Each line of the workflow and the hook that runs deckwright does, in a deck with releases."""
    monkeypatch.chdir(started(tmp_path, "--language", code))
    assert run("release", "--yes", "--first").exit_code == 0
    cards = Path("cards") / {"nl": "1-goede-kaarten.yaml", "en": "1-good-cards.yaml"}[code]
    gone = {"nl": "geval-met-namen", "en": "a-case-with-names"}[code]
    assert run("retire", gone, "--why", "x").exit_code == 0
    text = cards.read_text("utf-8")
    covered = {"nl": "eigen-werk", "en": "own-work"}[code]
    cards.write_text(re.sub("covers: (uit.*|from.*)", rf"covers: [\1, {covered}]", text), "utf-8")
    assert run("release", "--yes").exit_code == 0
    shutil.rmtree("build")
    _, flow = workflow(tmp_path)
    steps = [step.get("run", "") for job in flow["jobs"].values() for step in job["steps"]]
    hook = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())["repos"][0]["hooks"][0]
    lines = [hook["entry"], *(step for step in steps if step.startswith("deckwright"))]
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line.replace('"$SITE"', "https://x.github.io/y/"))
        result = run(*words[1:])
        assert result.exit_code == 0, (line, result.output)
    ending = {"nl": "opruimen", "en": "cleanup"}[code]
    assert {path.name for path in Path("build").glob("*.apkg")} == {
        "koffie-zetten.apkg",
        f"koffie-zetten-{ending}.apkg",
    }
    assert Path("site/index.html").is_file()


def test_a_wheel_has_the_files_of_a_new_deck(tmp_path: Path) -> None:
    """What is installed can start a deck."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    starter = ROOT / "src" / "deckwright" / "build" / "starter"
    files = [path.relative_to(starter) for path in starter.rglob("*") if path.is_file()]
    wanted = {f"deckwright/build/starter/{path.as_posix()}" for path in files}
    assert len(wanted) == 15
    with zipfile.ZipFile(wheel) as packed:
        assert wanted <= set(packed.namelist())


def source_deck(folder: Path, settings: bytes) -> Author:
    """Return an author of a deck that was released, with a picture, a word list and an odd file."""
    author = Author(folder)
    author.note("een")["answer"] = "Een ![kring](media/deel/kring.svg)."
    (author.cards / "media" / "deel").mkdir(parents=True)
    kring = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    (author.cards / "media" / "deel" / "kring.svg").write_text(kring)
    author.releases()
    (author.cards / "deck.yaml").write_bytes(settings)
    (author.cards / "woordenlijst.txt").write_text("# niets\n")
    (author.cards / "brief.docx").write_text("x")
    return author


SETTINGS = (
    b"# van mij\r\nname: 'Proef' # de naam\r\nkey: proef\r\nlanguage: \"nl\"\r\n"
    b"report: ans@voorbeeld.nl\r\ndescription: Een **proef**.\r\n"
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("below", ["", "cards"])
def test_a_copy_keeps_all_but_the_name(tmp_path: Path, below: str, mark: bytes) -> None:
    """Ids, texts, comments, line ends and media; no ledger, a new key; another language, too."""
    author = source_deck(tmp_path / "old", mark + SETTINGS)
    before = snapshot([author.cards])
    words = ("--from", tmp_path / "old" / below, "--language", "en")
    result = run("init", tmp_path / "new", *words, "--name", "Proof: the 'new' one")
    assert result.exit_code == 0, result.output
    cards = tmp_path / "new" / "cards"
    assert (cards / "deck.yaml").read_bytes() == mark + (
        b"# van mij\r\nname: \"Proof: the 'new' one\" # de naam\r\nkey: proof-the-new-one\r\n"
        b"language: en\r\ndescription: Een **proef**.\r\n"
    )
    for name in ("1-deel.yaml", "media/deel/kring.svg", "woordenlijst.txt"):
        assert (cards / name).read_bytes() == (author.cards / name).read_bytes()
    assert not (cards / "deck.lock").exists()
    assert not (cards / "brief.docx").exists()
    assert (tmp_path / "new" / ".github" / "workflows" / "deck.yml").is_file()
    assert run("check", "--cards", cards).exit_code == 0
    files = [(each / "1-deel.yaml").read_bytes() for each in (cards, author.cards)]
    notes = [read_notes(raw, "x")[0] for raw in files]
    assert [note.id for note in notes[0]] == [note.id for note in notes[1]]
    assert "first-release" in run("release", "--cards", cards, "--out", tmp_path / "out").output
    assert snapshot([author.cards]) == before


@pytest.mark.parametrize(
    ("settings", "name", "said"),
    [
        (SETTINGS, "Proef", ""),
        (SETTINGS.replace(b"proef\r", b"proef-a\r"), "Proef a", "needs a name of its own"),
        (SETTINGS.replace(b"'Proef'", b"|\r\n  Proef"), "Nieuw deck", "one plain line first"),
        (SETTINGS.replace(b"'Proef'", b"'Pr''oef'"), "Nieuw deck", "one plain line first"),
        (SETTINGS, "a::::b", "is not a name for a deck"),
        (SETTINGS.replace(b"name", b"nam"), "Nieuw deck", "no deck to copy"),
        (b"{name: Proef, key: proef, language: nl, description: Zo.}", "Een lange naam", ""),
    ],
)
def test_copies_that_can_and_cannot_be(
    tmp_path: Path, settings: bytes, name: str, said: str
) -> None:
    """Each refusal says why, and nothing is written; the rest reads as it was said."""
    source_deck(tmp_path / "old", settings)
    result = run("init", tmp_path / "new", "--from", tmp_path / "old", "--name", name)
    assert result.exit_code == bool(said), result.output
    assert said in result.output
    if said:
        assert not (tmp_path / "new").exists()
    else:
        deck = deck_of(tmp_path / "new" / "cards")
        assert (deck.name.value, deck.language.value) == (name, "nl")
        assert deck.key.value != "proef"


def test_a_copy_of_nothing(tmp_path: Path) -> None:
    """No such folder, no deck in it, a subject with it: what is wrong is said."""
    assert run("init", tmp_path / "n", "--from", tmp_path / "x", "--name", "X").exit_code == 2
    result = run("init", tmp_path / "n", "--from", tmp_path, "--name", "X")
    assert (result.exit_code, "no deck to copy" in result.output) == (1, True)
    words = ("--from", ROOT, "--name", "X", "--subject", "y")
    assert run("init", tmp_path / "n", *words).exit_code == 2
    assert run("init", tmp_path / "n", "--from", ROOT).exit_code == 2
    assert not (tmp_path / "n").exists()


def test_the_real_deck_can_be_translated(tmp_path: Path) -> None:
    """All of its notes and pictures come along, and what check then says are no errors."""
    words = ("--from", ROOT, "--name", "People and pets", "--language", "en")
    assert run("init", tmp_path, *words).exit_code == 0
    assert run("check", "--cards", tmp_path / "cards").exit_code == 0
    media = [path.name for path in (CARDS / "media").iterdir()]
    assert sorted(media) == sorted(path.name for path in (tmp_path / "cards" / "media").iterdir())
