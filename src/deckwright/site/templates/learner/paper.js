// On paper: the cards of the chosen part, eight on a sheet of A4, or as a list to read.
const EIGHT = 8;
const SHEET = (210 / 25.4) * 96; // the width of A4 in pixels of CSS
const SCALES = [0.8, 0.75, 0.7, 0.65, 0.6, 0.55]; // of the letter on the screen: 11 points, down to 8

/** A side of a card; below each back stands which note it is, of which release. */
function paperFace(name, { note, front, back }) {
  const made = element("div", "");
  made.className = `card ${name}`;
  made.innerHTML = name === "front" ? front : back;
  if (name !== "front") made.append(element("p", aboutNote(note)));
  for (const played of made.querySelectorAll("audio, video")) played.replaceWith(element("p", "♪"));
  return made;
}

/** One side of a sheet: eight cells, some of them empty. */
function paperSide(name, faces) {
  const sheet = element("section", "");
  sheet.className = `sheet ${name}`;
  for (let index = 0; index < EIGHT; index++) {
    const cell = element("div", "");
    cell.className = "cell";
    if (faces[index]) cell.append(faces[index]);
    sheet.append(cell);
  }
  return sheet;
}

/** Make a face as large as its cell lets it be; returns whether it fits at all. */
function fits(cell, made) {
  cell.replaceChildren(made);
  return SCALES.some((scale) => {
    made.style.zoom = scale;
    return cell.scrollHeight <= cell.clientHeight && cell.scrollWidth <= cell.clientWidth;
  });
}

/** The backs behind their fronts: who turns a sheet over its long edge swaps left and right. */
const mirrored = (faces) => Array.from({ length: EIGHT }, (_, index) => faces[index ^ 1]);

/** Show the sheets in `place`, and then, as a list, the cards that fit on none. */
async function showSheets(place, cards) {
  const made = cards.map((card) => ({
    card,
    front: paperFace("front", card),
    back: paperFace("back", card),
  }));
  const pictures = made.flatMap(({ front, back }) => picturesIn(front).concat(picturesIn(back)));
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  if ($("paper").className !== "cards") return; // the learner went on meanwhile
  const trial = paperSide("trial", []);
  place.replaceChildren(trial);
  const isSmall = ({ front, back }) => fits(trial.firstChild, front) && fits(trial.firstChild, back);
  const small = made.filter(isSmall);
  const fitting = new Set(small);
  const long = made.filter((each) => !fitting.has(each)).map(({ card }) => card);
  trial.remove();
  for (let start = 0; start < small.length; start += EIGHT) {
    const eight = small.slice(start, start + EIGHT);
    place.append(paperSide("fronts", eight.map(({ front }) => front)));
    place.append(paperSide("backs", mirrored(eight.map(({ back }) => back))));
  }
  if (!long.length) return;
  const rest = element("div", "");
  rest.className = "rest";
  rest.append(element("h2", say("too_long")), ...paperList(long, "h3"));
  place.append(rest);
}

const picturesIn = (side) => [...side.querySelectorAll("img")];

/** The backs of the notes of these cards, which hold what is asked, too, below a heading for
 * each part. */
function paperList(cards, heading) {
  const seen = new Set();
  const lists = new Map();
  for (const card of cards) {
    if (seen.has(card.guid)) continue;
    seen.add(card.guid);
    if (!lists.has(card.part)) lists.set(card.part, element("div", ""));
    lists.get(card.part).append(paperFace("entry", card));
  }
  return [...lists].flatMap(([part, list]) => [element(heading, part), list]);
}

const isOnPaper = () => !$("paper").hidden;

/** Show the paper instead of the page, which then comes out of the printer. */
function openPaper(what) {
  const cards = deck.cards.filter(inPart);
  document.adoptedStyleSheets = [face];
  document.body.classList.add("on-paper");
  $("paper").hidden = false;
  $("paper").className = what;
  applyTheme();
  if (what === "list") $("sheets").replaceChildren(...paperList(cards, "h2"));
  else showSheets($("sheets"), cards);
  $("print").focus();
  $("sheets").style.setProperty("--fit", Math.min(1, innerWidth / SHEET));
  scrollTo(0, 0);
}

function closePaper() {
  const what = $("paper").className;
  document.adoptedStyleSheets = [];
  document.body.classList.remove("on-paper");
  $("paper").hidden = true;
  $("paper").className = "";
  applyTheme();
  $("sheets").replaceChildren();
  $(`paper-${what}`).focus();
}

function listenToPaper() {
  for (const what of ["cards", "list"]) {
    $(`paper-${what}`).addEventListener("click", () => openPaper(what));
  }
  $("print").addEventListener("click", () => print());
  $("from-paper").addEventListener("click", closePaper);
}
