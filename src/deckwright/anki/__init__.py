"""Anki packages out and in, and Anki's real engine to try them.

A package has the same bytes for the same notes. One from a stranger is never trusted: reading it
ends, takes bounded memory, and runs nothing.
"""
