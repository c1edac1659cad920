"""Bytes in and out.

Only plain files of their own folder are read. Files are written whole or not at all, by one
deckwright at a time.

Where Windows and macOS differ from Linux (file names, locks, folders that cannot be flushed), the
difference is handled here.
"""
