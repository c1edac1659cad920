"""YAML to Anki decks whose updates never cost a learner a review, a tag or a correction.

Its wings are `problem`, `words`, `disk`, `source`, `cards`, `check`, `release`, `anki`, `build`,
`site` and `cli`; each may import only those before it. The docstring of each says what it promises;
modules that begin with `_` are for their own wing alone.
"""

__version__ = "0.1.0"
