// On paper: the cards of the chosen part, eight on a sheet of A4, or as a list to read.
const PER_SHEET = 8;
const SHEET_WIDTH = (210 / 25.4) * 96; // of A4, in pixels of CSS
// Of 16 pixels a rem: texts of 11 points, down to 8.
const SCALES = [0.8, 0.75, 0.7, 0.65, 0.6, 0.55];
const AT_ONCE = 50; // cards that are measured before the page answers again
let opening = 0; // which opening of the paper this is: pictures of an earlier one may come late

/** A side of a card; below each back stands which note it is, of which release. */
function paperFace(name, { note, front, back }) {
  const made = element("div", "");
  made.className = `card ${name}`;
  const template = document.createElement("template"); // in it, nothing is loaded
  template.innerHTML = name === "front" ? front : back;
  for (const played of template.content.querySelectorAll("audio, video")) {
    played.replaceWith(element("p", "♪"));
  }
  made.append(template.content);
  if (name !== "front") made.append(element("p", aboutNote(note)));
  return made;
}

/** One side of a sheet, some of its cells empty. */
function paperSide(name, faces) {
  const sheet = element("section", "");
  sheet.className = `sheet ${name}`;
  for (let index = 0; index < PER_SHEET; index++) {
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
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return SCALES.some((scale) => {
    made.style.zoom = (scale * 16) / rem;
    return cell.scrollHeight <= cell.clientHeight && !isTooWide(cell);
  });
}

/** Whether something sticks out, also to the left: a text may be written from the right. */
function isTooWide(cell) {
  const { left, right } = cell.getBoundingClientRect();
  const sticksOut = (each) => {
    const box = each.getBoundingClientRect();
    return box.left < left || box.right > right;
  };
  return [...cell.querySelectorAll("table, math, img")].some(sticksOut);
}

/** Put each back behind its front: turning a sheet over its long edge swaps left and right. */
const mirrored = (faces) => Array.from({ length: PER_SHEET }, (_, index) => faces[index ^ 1]);

/** Show the sheets in `place`, and then, as a list, the cards that fit on none. */
async function showSheets(place, cards) {
  const mine = opening;
  const small = [];
  const long = [];
  const trial = paperSide("trial", []);
  place.replaceChildren(trial);
  for (const [index, card] of cards.entries()) {
    const made = { front: paperFace("front", card), back: paperFace("back", card) };
    await loaded(made.front, made.back);
    if (index % AT_ONCE === 0) await new Promise((go) => setTimeout(go));
    if (mine !== opening) return;
    const isSmall = fits(trial.firstChild, made.front) && fits(trial.firstChild, made.back);
    (isSmall ? small : long).push(isSmall ? made : card);
  }
  trial.remove();
  for (let start = 0; start < small.length; start += PER_SHEET) {
    const made = small.slice(start, start + PER_SHEET);
    place.append(paperSide("fronts", made.map(({ front }) => front)));
    place.append(paperSide("backs", mirrored(made.map(({ back }) => back))));
  }
  const rest = element("div", "");
  rest.className = "rest";
  if (long.length) place.append(rest);
  if (long.length) showList(rest, long, element("h2", say("too_long")));
}

/** Wait for the pictures, as they take room; one that does not come takes none. */
function loaded(...sides) {
  const pictures = sides.flatMap((side) => [...side.querySelectorAll("img")]);
  return Promise.allSettled(pictures.map((picture) => picture.decode()));
}

/** List the backs of the notes of these cards, which hold what is asked, too, part by part. */
function showList(place, cards, title = null) {
  // The first card of each note.
  const notes = new Map(cards.toReversed().map((card) => [card.guid, card]));
  const lists = new Map();
  for (const card of cards.filter((each) => notes.get(each.guid) === each)) {
    if (!lists.has(card.part)) lists.set(card.part, element("div", ""));
    lists.get(card.part).append(paperFace("entry", card));
  }
  place.replaceChildren(...(title ? [title] : []));
  for (const [part, list] of lists) place.append(element(title ? "h3" : "h2", part), list);
  for (const wide of place.querySelectorAll("table, math")) {
    const room = wide.closest(".face").getBoundingClientRect().width;
    for (let scale = 0.9; wide.getBoundingClientRect().width > room && scale > 0.05; scale *= 0.9) {
      wide.style.zoom = scale;
    }
  }
}

const isOnPaper = () => !$("paper").hidden;

/** Show the paper instead of the page, which then comes out of the printer. */
async function openPaper(what) {
  const mine = ++opening;
  const cards = deck.cards.filter(inPart);
  hush();
  history.pushState("paper", ""); // the phone's own button goes back to the cards
  document.adoptedStyleSheets = [face];
  document.body.classList.add("on-paper");
  $("paper").hidden = false;
  $("paper").className = what;
  applyTheme();
  fitToScreen();
  scrollTo(0, 0);
  $("from-paper").focus();
  $("print").disabled = true;
  if (what === "list") showList($("sheets"), cards);
  else await showSheets($("sheets"), cards);
  if (mine === opening) $("print").disabled = false;
}

function closePaper() {
  const what = $("paper").className;
  opening++;
  document.adoptedStyleSheets = [];
  document.body.classList.remove("on-paper");
  $("paper").hidden = true;
  $("sheets").replaceChildren();
  applyTheme();
  $(`paper-${what}`).focus();
}

const fitToScreen = () =>
  $("sheets").style.setProperty("--fit", Math.min(1, innerWidth / SHEET_WIDTH));

function listenToPaper() {
  for (const what of ["cards", "list"]) {
    $(`paper-${what}`).addEventListener("click", () => openPaper(what));
  }
  $("print").addEventListener("click", () => print());
  $("from-paper").addEventListener("click", () => history.back());
  addEventListener("popstate", () => isOnPaper() && closePaper());
  addEventListener("resize", fitToScreen);
}
