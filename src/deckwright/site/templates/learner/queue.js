// Which card comes next, and what is still to do today.
const AHEAD = 20 * 60000; // milliseconds that a step may come early where nothing else is left

/**
 * What is to do now: `next` is the progress of a card, or null; `fresh` and `due` count what is
 * left today, steps included; `later` is when the next step of today comes; `coming` are the days
 * until the next reviews, and their count; `more` is how many cards are new beyond those of today.
 */
function agenda(progress, { part, perDay, extra }, now) {
  const today = dayOf(now);
  const all = [...progress.values()];
  const chosen = all.filter(({ card }) => part === null || card.part === part);
  const steps = chosen.filter(({ due }) => due?.at).sort((a, b) => a.due.at - b.due.at);
  const reviews = chosen.filter(({ due }) => due && !due.at && due.day <= today);
  reviews.sort((a, b) => a.due.day - b.due.day);
  const changed = chosen.filter((each) => each.changed && each.count === 0);
  const fresh = freshCards(all, chosen, today);
  const begun = all.filter(({ first, changed }) => first === today && !changed).length;
  const allowed = Math.max(perDay + (extra.day === today ? extra.count : 0) - begun, 0);
  const ready = steps.filter(({ due }) => due.at <= now);
  const soon = steps.filter(({ due }) => due.at <= now + AHEAD);
  const waiting = [ready, changed, reviews, fresh.slice(0, allowed), soon];
  return {
    next: waiting.flat()[0] ?? null,
    fresh: Math.min(fresh.length, allowed),
    due: steps.length + changed.length + reviews.length,
    later: steps[0]?.due.at ?? null,
    coming: comingReviews(chosen, today),
    more: Math.max(fresh.length - allowed, 0),
  };
}

function comingReviews(chosen, today) {
  const days = chosen.filter(({ due }) => due && !due.at).map(({ due }) => due.day - today);
  const next = Math.min(...days.filter((each) => each > 0));
  if (next === Infinity) return null;
  return { days: next, count: days.filter((each) => each === next).length };
}

/** Cards that nobody has seen; a card waits for a day where one of the same note came today. */
function freshCards(all, chosen, today) {
  const seen = new Set(all.filter(({ last }) => last === today).map(({ card }) => card.guid));
  const found = [];
  for (const each of chosen) {
    if (each.count || each.changed || seen.has(each.card.guid)) continue;
    seen.add(each.card.guid);
    found.push(each);
  }
  return found;
}
