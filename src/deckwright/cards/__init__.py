"""From words to what a card shows: Markdown, gaps, media, fields, note types, faces.

What this wing gives is what Anki will hold and show. What Anki would lose, break or run is a
problem.
"""
