"""What the author wrote: the deck, its guide and its notes, with the place of each text.

Nothing is guessed and nothing is lost in silence: what cannot be read as it was meant is a problem.
"""
