"""The limit: the rows of a package into a new database, and that into a zip; no more.

Usage: limit.py DATABASE OUT LEVEL. Nobody can make a package faster than that.
"""

import sqlite3
import sys
import zipfile

database, out, level = sys.argv[1:]
new = sqlite3.connect(":memory:")
new.execute("ATTACH ? AS old", (database,))
schema = new.execute("SELECT type, name, sql FROM old.sqlite_master WHERE sql > ''").fetchall()
for kind, name, sql in sorted(schema, key=lambda row: row[0] == "index"):
    if not name.startswith("sqlite_"):
        new.execute(sql)
        if kind == "table":
            new.execute(f"INSERT INTO main.{name} SELECT * FROM old.{name}")  # noqa: S608 - names of our own
new.commit()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=int(level)) as archive:
    archive.writestr("collection.anki2", new.serialize())
