"""What a table has of a note: its columns, and what keeps a cell from being a formula in Excel."""

# In the order in which an author writes them.
ROLES = ("theme", "case", "question", "cloze", "hint", "answer", "explanation", "source")
ABOUT = ("id", "guid", "subdeck", "kind")
COLUMNS = (*ABOUT, *ROLES, "tags")
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_SIGN = "'"  # Excel takes what stands behind it for a text


def guarded(cell: str) -> str:
    """Return a cell that Excel shows, and does not take for a formula."""
    return _SIGN + cell if cell.lstrip(_SIGN).startswith(_RUNS) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` made a cell of."""
    bare = cell.removeprefix(_SIGN)
    return bare if bare.lstrip(_SIGN).startswith(_RUNS) else cell
