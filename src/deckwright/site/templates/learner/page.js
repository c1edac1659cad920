// What the page knows: the deck, the learner's answers and settings, and what follows from them.
const $ = (id) => document.getElementById(id);
const deck = JSON.parse($("data").textContent);
const PLAIN = { part: null, perDay: 5, extra: { day: 0, count: 0 }, theme: "auto" };
const PER_DAY = [0, 999]; // new cards, least and most
const page = {
  store: null,
  isLost: false, // whether the browser had more answers than it has now
  answers: [],
  settings: PLAIN,
  progress: new Map(),
  shown: null, // the progress of the card on the screen, null for none
};
const channel = globalThis.BroadcastChannel && new BroadcastChannel(`deckwright ${deck.key}`);

function element(tag, content) {
  const made = document.createElement(tag);
  made.textContent = content;
  return made;
}

/** A text in the deck's language, its holes filled, as in "{count} cards". */
function say(name, values = {}) {
  return deck.words[name].replace(/\{(\w+)\}/g, (_, hole) => values[hole]);
}

/**
 * Read what any tab wrote, and go on: with the card of a key, or with that which is shown, unless
 * it was answered meanwhile.
 */
async function refresh(wanted = null) {
  const before = knownCount();
  const { answers, aside } = await page.store.answers();
  page.isLost ||= before > answers.length + aside;
  if (page.store.kept) rememberCount(answers.length);
  page.answers = answers;
  page.settings = validSettings(await page.store.settings());
  page.progress = progressOf(deck.cards, answers);
  $("aside").hidden ||= !aside;
  if (aside) $("aside").textContent = say("aside", { count: aside });
  $("broken").hidden = page.store.broken === 0 && !page.isLost;
  $("unkept").hidden = page.store.kept;
  if (wanted) return goOn(page.progress.get(wanted));
  const { shown } = page;
  const now = shown && page.progress.get(keyOf(shown.card));
  if (!now || now.count !== shown.count || !inPart(now.card)) return goOn();
  page.shown = now;
  showCounts();
}

// How many answers there were, kept elsewhere: a browser that finds its store damaged begins an
// empty one, and says nothing.
const COUNT = `deckwright ${deck.key} answers`;

function knownCount() {
  try {
    return Number(localStorage.getItem(COUNT)) || 0;
  } catch {
    return 0; // no cookies, no memory
  }
}

function rememberCount(count) {
  try {
    localStorage.setItem(COUNT, count);
  } catch {
    // as above
  }
}

/** Settings as they were kept, or, where that makes no sense, those of a new learner. */
function validSettings({ part, perDay, extra, theme }) {
  const isCount = (value) => Number.isInteger(value) && value === within(PER_DAY, value);
  return {
    part: deck.parts.includes(part) ? part : PLAIN.part,
    perDay: isCount(perDay) ? perDay : PLAIN.perDay,
    extra: isCount(extra?.count) && Number.isInteger(extra.day) ? extra : PLAIN.extra,
    theme: ["auto", "light", "dark"].includes(theme) ? theme : PLAIN.theme,
  };
}

/** Write answers down, tell the other tabs, and go on as `refresh` does. */
async function keep(answers, wanted) {
  await page.store.write(answers);
  channel?.postMessage("answers");
  askToKeep();
  await refresh(wanted);
}

/** Change settings. */
async function set(changes) {
  page.settings = { ...page.settings, ...changes };
  if ("theme" in changes) show();
  else goOn();
  await page.store.writeSettings(page.settings);
  channel?.postMessage("settings");
}

const inPart = (card) => page.settings.part === null || card.part === page.settings.part;

/** The id of an answer: no two answers of anyone have the same. */
function newId() {
  const parts = crypto.getRandomValues(new Uint32Array(3));
  return [...parts].map((part) => part.toString(36)).join("-");
}
