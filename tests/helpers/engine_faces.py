"""What the engine renders, to compare with our faces."""

import re


def without_wrappers(side: str) -> str:
    """Return a side without what faces.py says is another: numbers of hints, data-cloze, sounds.

    Ankis before 25.09 leave out that the word above a hint cannot be dragged.
    """
    side = side.replace(" draggable=false>", ">")
    side = re.sub(r"(['\"]hint)[^'\"]+", r"\1", side)
    side = re.sub(r' data-cloze="[^"]*"', "", side)
    return re.sub(r"\[(?:sound|anki:play):[^\]]*\]", "[sound]", side)
