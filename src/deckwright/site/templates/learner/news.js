// What is new since the release that someone has.

/** The kind of a note's change for someone who has release `since`, or null. */
function changeOf({ added, changed, asks, retired }, since) {
  if (added > since) return retired ? null : "new";
  if (retired) return retired > since ? "retired" : null;
  if (asks > since) return "meaning";
  return changed > since ? "reworded" : null;
}

/** Show it below `place`: a heading for each kind of change, and a list. */
function showNews(place, deck, since) {
  const rows = [];
  for (const kind of ["retired", "meaning", "reworded", "new"]) {
    const notes = deck.news.filter((note) => changeOf(note, since) === kind);
    if (!notes.length) continue;
    const list = document.createElement("ul");
    for (const { text, reason } of notes) {
      list.append(element("li", kind === "retired" && reason ? `${text} (${reason})` : text));
    }
    rows.push(element("h3", `${deck.words[kind]} (${notes.length})`), list);
  }
  place.replaceChildren(...(rows.length ? rows : [element("p", deck.words.none)]));
}
