"""Notes to and from other programs: tables, CrowdAnki, packages and plain Markdown.

Nothing is dropped in silence: what cannot be carried over is named, with the reason; and what is
written says, read again, what the source said.
"""
