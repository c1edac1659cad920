// The memory of a card: FSRS-6 with the parameters that Anki begins with. It counts in single
// precision, and rounds what it keeps, so that a day more or less never parts the two.
const single = Math.fround;

// What Anki takes for a learner of whom it knows nothing (fsrs-rs, DEFAULT_PARAMETERS).
const W = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
  0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
].map(single);
const RETENTION = single(0.9); // how likely a card is still known on the day that it is due
const STABILITY = [single(0.001), 36500]; // days
const DIFFICULTY = [1, 10];

const within = ([least, most], value) => Math.min(Math.max(value, least), most);
const exp = (value) => single(Math.exp(value));
const power = (base, exponent) => single(Math.pow(base, exponent));
const product = (...factors) => factors.reduce((made, each) => single(made * each));

const DECAY = -W[20];
const CURVE = single(exp(single(single(Math.log(single(0.9))) / DECAY)) - 1);

/** How likely it is that a card is known, so many days after the last answer. */
function retrievability(days, stability) {
  return power(single(product(single(days / stability), CURVE) + 1), DECAY);
}

/** After how many days a card with this stability is due; not a whole number. */
function wantedInterval(stability) {
  const wanted = single(power(RETENTION, single(1 / DECAY)) - 1);
  return product(single(stability / CURVE), wanted);
}

function firstDifficulty(rating) {
  return single(single(W[4] - exp(product(W[5], rating - 1))) + 1);
}

function nextDifficulty(difficulty, rating) {
  const change = product(-W[6], rating - 3);
  const damped = single(product(single(10 - difficulty), change) / 9);
  const next = single(difficulty + damped);
  return single(product(W[7], single(firstDifficulty(4) - next)) + next);
}

function stabilityOnTheSameDay(stability, rating) {
  const growth = product(
    exp(product(W[17], single(rating - 3 + W[18]))),
    power(stability, -W[19]),
  );
  return product(stability, rating > 1 ? Math.max(growth, 1) : growth);
}

function stabilityOfAKnownCard({ stability, difficulty }, recall, rating) {
  const growth = product(
    exp(W[8]),
    single(11 - difficulty),
    power(stability, -W[9]),
    single(exp(product(single(1 - recall), W[10])) - 1),
    rating === 2 ? W[15] : 1,
    rating === 4 ? W[16] : 1,
  );
  return product(stability, single(growth + 1));
}

function stabilityOfAForgottenCard({ stability, difficulty }, recall) {
  const next = product(
    W[11],
    power(difficulty, -W[12]),
    single(power(single(stability + 1), W[13]) - 1),
    exp(product(single(1 - recall), W[14])),
  );
  return Math.min(next, single(stability / exp(product(W[17], W[18]))));
}

/**
 * The memory after an answer: `memory` is that before it, null for a new card; `days` are those
 * since the answer before; `rating` is 1 again, 2 hard, 3 good, 4 easy.
 */
function nextMemory(memory, days, rating) {
  if (!memory) {
    return {
      stability: within(STABILITY, W[rating - 1]),
      difficulty: within(DIFFICULTY, firstDifficulty(rating)),
    };
  }
  const recall = retrievability(days, memory.stability);
  let stability;
  if (days === 0) stability = stabilityOnTheSameDay(memory.stability, rating);
  else if (rating === 1) stability = stabilityOfAForgottenCard(memory, recall);
  else stability = stabilityOfAKnownCard(memory, recall, rating);
  return {
    stability: within(STABILITY, stability),
    difficulty: within(DIFFICULTY, nextDifficulty(memory.difficulty, rating)),
  };
}

/** A memory as Anki writes it down between two answers: with four and three decimals. */
function keptMemory({ stability, difficulty }) {
  const rounded = (value, factor) => single(Math.round(single(value * factor)) / factor);
  return {
    stability: within(STABILITY, rounded(stability, 10000)),
    difficulty: within(DIFFICULTY, rounded(difficulty, 1000)),
  };
}
