"""Is it a good deck? A module for each family of rules; the docstring of a rule is its manual.

Errors are what Anki would lose or break; didactics are warnings.
"""
