// Below a back: which note it is, of which release, and where to report a mistake; and the card
// that an address ending in `#id` asks for.

/** The id of a note and the release; the card itself says the id where mistakes are reported. */
function aboutNote(id) {
  const release = `${say("report_release")} ${deck.release}`;
  return deck.report ? release : `${id} · ${release}`;
}

function showFoot({ note, front }, isBack) {
  const [about, link] = $("foot").children;
  about.hidden = !isBack;
  about.textContent = aboutNote(note);
  link.hidden = !isBack || !deck.report;
  if (link.hidden) return;
  const text = new DOMParser().parseFromString(front, "text/html").body.textContent;
  const card = { id: note, release: deck.release, front: text };
  link.textContent = say("report");
  link.href = reportAddress(deck.report, deck.words, card);
}

/** The key of the first card of the note that the address names, null without one. */
function keyInAddress() {
  const card = deck.cards.find(({ note }) => `#${note}` === location.hash);
  return card ? keyOf(card) : null;
}
