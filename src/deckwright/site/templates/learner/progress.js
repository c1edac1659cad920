// What a learner's answers make of the cards of this release. An answer is
// { id, guid, card, note, rating, at, day, release, undone }: a card is known by the guid of its
// note, which a new id does not change, and its number; `at` is in milliseconds, `day` as of dayOf.
const HOUR = 3600000;
const DAY_BEGINS = 4; // o'clock, as in Anki

const keyOf = ({ guid, card }) => `${guid}/${card}`;

/** The day of a moment, counted from 1970, where the learner is; it begins at four in the night. */
function dayOf(at) {
  const date = new Date(at);
  date.setHours(date.getHours() - DAY_BEGINS);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * HOUR));
}

/** The moment at which the day after that of `at` begins. */
function nextDayAt(at) {
  const date = new Date(at);
  date.setHours(date.getHours() + 24 - DAY_BEGINS);
  date.setHours(DAY_BEGINS, 0, 0, 0);
  return date.getTime();
}

/** When a state that an answer at a moment led to is due: at another moment that day, or a day. */
function dueAfter({ seconds, days }, at, day) {
  if (seconds === null) return { at: null, day: day + days };
  const left = Math.ceil((nextDayAt(at) - at) / 1000);
  if (seconds < left) return { at: at + seconds * 1000, day };
  return { at: null, day: day + Math.floor((seconds - left) / 86400) + 1 };
}

// No answer is of later than the year 2096: one that were so would hide its card for good.
const LATEST = 4e12;
const LATEST_DAY = LATEST / 86400000;

/** Whether something that was read is an answer. */
function isAnswer(read) {
  const whole = (value, least, most = 1e9) =>
    Number.isSafeInteger(value) && value >= least && value <= most;
  const short = (value) => typeof value === "string" && value.length > 0 && value.length < 100;
  return (
    typeof read === "object" && read !== null &&
    short(read.id) && short(read.guid) && short(read.note) &&
    whole(read.card, 1) && whole(read.at, 0, LATEST) && whole(read.day, 0, LATEST_DAY) &&
    whole(read.release, 0) &&
    [1, 2, 3, 4].includes(read.rating) && [undefined, true].includes(read.undone)
  );
}

/**
 * The progress of each card of the deck, by key: its state, when it is due, the day of its first
 * and of its last answer, and how many answers count. Those to a question that has another meaning
 * since (`card.asks` is the release that changed it) do not count: then it `changed`.
 */
function progressOf(cards, answers) {
  const found = new Map();
  for (const card of cards) {
    const nothing = { due: null, first: null, last: null, count: 0, changed: false };
    found.set(keyOf(card), { card, state: NEW_CARD, ...nothing });
  }
  const counted = answers.filter((answer) => !answer.undone && found.has(keyOf(answer)));
  for (const answer of counted.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    const of = found.get(keyOf(answer));
    if (answer.release < of.card.asks) of.changed = true;
    else take(of, answer);
  }
  return found;
}

function take(of, answer) {
  const elapsed = of.last === null ? 0 : Math.max(answer.day - of.last, 0);
  of.state = choices(of.state, elapsed)[answer.rating - 1];
  of.due = dueAfter(of.state, answer.at, answer.day);
  of.first ??= answer.day;
  of.last = answer.day;
  of.count += 1;
}
