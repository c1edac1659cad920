// When a card comes back: what each of the four buttons would do, as Anki's engine decides it with
// FSRS on, its own learning steps, and fuzz off.
const LEARN_STEPS = [60, 600]; // seconds
const RELEARN_STEPS = [600];
const LONGEST = 36500; // days

/** A card that nobody has seen. `left` counts the steps that are to come. */
const NEW_CARD = { stage: "new", left: 0, days: 0, seconds: null, memory: null };

/**
 * The states that a card would have after again, hard, good and easy; `elapsed` are the days since
 * its last answer. A state that learns comes back after `seconds`, any other after `days`.
 */
function choices(card, elapsed) {
  const memories = [1, 2, 3, 4].map((rating) => nextMemory(card.memory, elapsed, rating));
  const wanted = memories.map((memory) => wantedInterval(memory.stability));
  const made = card.stage === "review" ? afterReview(card, wanted) : afterStep(card, wanted);
  return made.map((state, index) => ({ ...state, memory: keptMemory(memories[index]) }));
}

function afterStep(card, wanted) {
  const again = card.stage === "relearn";
  const steps = again ? RELEARN_STEPS : LEARN_STEPS;
  const stage = again ? "relearn" : "learn";
  const left = card.stage === "new" ? steps.length : card.left;
  const at = steps.length - left;
  const waits = (seconds, left, days = card.days) => ({ stage, left, days, seconds });
  const good = wholeDays(wanted[2], 1);
  return [
    waits(steps[0], steps.length, again ? wholeDays(wanted[0], 1) : 0),
    waits(hardStep(steps, at), left),
    at + 1 < steps.length ? waits(steps[at + 1], left - 1) : reviewed(good),
    reviewed(wholeDays(wanted[3], good + 1)),
  ];
}

function afterReview(card, wanted) {
  const hard = passed(card, wanted[1], 1);
  const good = passed(card, wanted[2], hard + 1);
  const easy = passed(card, wanted[3], good + 1);
  const lapsed = { stage: "relearn", left: RELEARN_STEPS.length, seconds: RELEARN_STEPS[0] };
  return [{ ...lapsed, days: wholeDays(wanted[0], 1) }, ...[hard, good, easy].map(reviewed)];
}

const reviewed = (days) => ({ stage: "review", left: 0, days, seconds: null });

/** The wait after 'hard': on the first step between this step and the next. */
function hardStep(steps, at) {
  if (at > 0) return steps[at];
  return Math.floor(steps.length > 1 ? (steps[0] + steps[1]) / 2 : (steps[0] * 3) / 2);
}

function wholeDays(interval, least) {
  return within([Math.min(least, LONGEST), LONGEST], Math.round(interval));
}

/** A card that was known comes back no sooner than before, unless its interval shrank by much. */
function passed(card, interval, least) {
  const before = card.days <= longestByFuzz(interval) ? card.days : 1;
  return wholeDays(interval, Math.max(before, least));
}

/** The longest interval that Anki would draw by lot; it sets a bound even where no lot is drawn. */
function longestByFuzz(interval) {
  const days = within([1, LONGEST], interval);
  const parts = [[2.5, 7, 0.15], [7, 20, 0.1], [20, Infinity, 0.05]]; // from, to, share of that
  const share = ([from, to, factor]) => factor * Math.max(Math.min(days, to) - from, 0);
  const spread = days < 2.5 ? 0 : parts.reduce((sum, part) => sum + share(part), 1);
  const [shortest, longest] = [days - spread, days + spread].map((each) => wholeDays(each, 1));
  return shortest === longest && longest > 2 && longest < LONGEST ? longest + 1 : longest;
}
