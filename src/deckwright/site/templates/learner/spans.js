// How long until a card comes back, in the words of a language and with Anki's rounding.
const DAY = 86400; // seconds
const YEAR = 365 * DAY;
const SPANS = [
  ["minute", 60, 3600, 0],
  ["hour", 3600, DAY, 1],
  ["day", DAY, YEAR / 12, 0],
  ["month", YEAR / 12, YEAR, 1],
  ["year", YEAR, Infinity, 1],
]; // unit, its seconds, up to how many seconds it is used, decimals

/** The span of so many seconds; `width` is "short" for a button, "long" to be read aloud. */
function spanText(seconds, width, language) {
  const [unit, size, , decimals] = SPANS.find(([, , upTo]) => seconds < upTo);
  const digits = { maximumFractionDigits: decimals };
  const format = { style: "unit", unit, unitDisplay: width, ...digits };
  return new Intl.NumberFormat(language, format).format(seconds / size);
}

/** After how many seconds a state comes back that an answer now leads to. */
function secondsUntil(state, now) {
  const due = dueAfter(state, now, dayOf(now));
  return due.at === null ? (due.day - dayOf(now)) * DAY : state.seconds;
}
