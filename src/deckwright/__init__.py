"""YAML to Anki decks whose updates never cost a learner a review, a tag or a correction."""
