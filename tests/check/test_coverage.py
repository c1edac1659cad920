"""TODO."""

from pathlib import Path

from author import Author

from deckwright.build.plan import plan_build
from deckwright.release.next_release import Clock

GUIDE = {
    "title": "Gids",
    "parts": [
        {
            "id": "deel",
            "title": "Deel",
            "points": [
                {"id": kind, "kind": kind, "title": kind}
                for kind in ("fact", "principle", "tip", "dilemma")
            ],
        }
    ],
}


def test_coverage_says_what_each_point_lacks(tmp_path: Path) -> None:
    """Each kind of point has needs of its own, and each is named until it is met."""
    author = Author(tmp_path)
    author.parts["guide.yaml"] = GUIDE

    def lacking() -> dict[str, str]:
        author.save()
        found = plan_build(author.cards, Clock(author.now)).problems
        texts = [p.message for p in found if p.code == "coverage"]
        return {text.split("'")[1]: text.split("lacks ")[1] for text in texts}

    assert lacking() == {
        "fact": "a note",
        "principle": "a note, a cloze",
        "tip": "a note, an if-then (als-dan) note",
        "dilemma": "a note, a cloze, a question after a case",
    }
    every = ["fact", "principle", "tip", "dilemma"]
    author.note("een")["covers"] = every
    author.note("twee")["covers"] = ["dilemma"]
    assert lacking() == {
        "principle": "a second note, a cloze",
        "tip": "a second note, an if-then (als-dan) note",
        "dilemma": "a third note, a cloze, a question after a case",
    }
    author.note("drie")["covers"] = every
    author.note("een").update(kind="als-dan", case="Er is rook.")
    assert lacking() == {}
    author.note("een")["covers"] = ["fact"]
    author.note("vier")["covers"] = every
    assert lacking()["principle"] == "a question"
