// A card: its front, its back, the buttons, and the answer.
const face = new CSSStyleSheet();
// What is read first on a front and on a back.
const ASKS = ".question, .sentence, .answer";
const ANSWERS = "#answer .answer, #answer .question, .sentence";
let isBack = false;
let isBusy = false;
let hasBegun = false; // whether any answer was looked at since the page was opened

/** Show the card whose progress is `wanted`, or the next one, or that it is done for today. */
function goOn(wanted = null) {
  const todo = agenda(page.progress, page.settings, Date.now());
  page.shown = wanted ?? todo.next;
  isBack = false;
  show();
  showCounts();
}

function show() {
  const { shown } = page;
  applyTheme();
  hush();
  $("stage").hidden = $("foot").hidden = $("bar").hidden = !shown;
  $("done").hidden = Boolean(shown);
  $("changed").hidden = !shown?.changed || shown.count > 0;
  if (!shown) {
    showDone();
    return focusOn($("done"));
  }
  const { card } = shown;
  const root = showFace($("face"), face, isBack ? card.back : card.front, isDark());
  showAloud();
  $("stage").setAttribute("aria-label", say(isBack ? "back" : "front"));
  $("show").hidden = isBack;
  $("grades").hidden = !isBack;
  showFoot(card, isBack);
  if (isBack) showGrades();
  focusOn(root.querySelector(isBack ? ANSWERS : ASKS));
}

/** Whoever hears the page hears this next; whoever chooses something meanwhile stays there. */
function focusOn(target) {
  if (!target || isOnPaper() || document.activeElement?.closest("footer, select")) return;
  target.tabIndex = -1;
  target.style.outline = "none";
  target.focus({ preventScroll: !isBack });
  if (!isBack) scrollTo(0, 0);
}

function showGrades() {
  const now = Date.now();
  const elapsed = Math.max(dayOf(now) - (page.shown.last ?? dayOf(now)), 0);
  const states = choices(page.shown.state, elapsed);
  for (const [index, button] of [...$("grades").children].entries()) {
    const seconds = secondsUntil(states[index], now);
    const [name, wait] = button.children;
    wait.textContent = spanText(seconds, "short", deck.language);
    const long = say("after", { span: spanText(seconds, "long", deck.language) });
    button.setAttribute("aria-label", `${name.textContent}, ${long}`);
  }
}

function turn() {
  if (!page.shown || isBack) return;
  isBack = hasBegun = true;
  show();
}

async function answer(rating) {
  if (!page.shown || !isBack || isBusy) return;
  isBusy = true;
  const { guid, card, note } = page.shown.card;
  const at = momentOfAnswer();
  const made = { id: newId(), guid, card, note, rating, at, day: dayOf(at), release: deck.release };
  await keep([made]).finally(() => (isBusy = false));
}

/** Now; or, where the last answer was in this very millisecond, the next: answers have an order. */
function momentOfAnswer() {
  const now = Date.now();
  const last = lastAnswer()?.at ?? 0;
  return last >= now && last < now + 1000 ? last + 1 : now;
}

/** The last answer of today that counts, null without one. */
function lastAnswer() {
  const today = dayOf(Date.now());
  const counts = (each) => !each.undone && each.day === today && page.progress.has(keyOf(each));
  const later = (last, each) => (last && last.at > each.at ? last : each);
  return page.answers.filter(counts).reduce(later, null);
}

async function undo() {
  const last = lastAnswer();
  if (!last || isBusy) return;
  isBusy = true;
  await keep([{ ...last, undone: true }], keyOf(last)).finally(() => (isBusy = false));
}
