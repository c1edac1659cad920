"""Pages that show the cards as Anki does: a preview for the author, a site for learners.

The preview is served on this computer alone, and only to be looked at; the site is plain files.
"""
