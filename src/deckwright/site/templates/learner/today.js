// What is left today, and how the page looks.
let isAsked = false;
const dark = matchMedia("(prefers-color-scheme: dark)");

function showCounts() {
  const { fresh, due } = agenda(page.progress, page.settings, Date.now());
  $("count").textContent = say("count", { fresh, due });
  $("undo").disabled = !lastAnswer();
  $("part").value = page.settings.part ?? "";
  $("per-day").value = page.settings.perDay;
  $("theme").value = page.settings.theme;
}

function showDone() {
  const { later, coming, more } = agenda(page.progress, page.settings, Date.now());
  const clock = new Intl.DateTimeFormat(deck.language, { timeStyle: "short" });
  const days = new Intl.RelativeTimeFormat(deck.language, { numeric: "auto" });
  $("next").hidden = !later && !coming;
  if (later) $("next").textContent = say("later", { time: clock.format(later) });
  else if (coming) {
    const when = days.format(coming.days, "day");
    $("next").textContent = say("coming", { when, count: coming.count });
  }
  $("more").hidden = more === 0;
  $("more").textContent = say("more", { count: Math.min(more, PLAIN.perDay) });
}

function moreNew() {
  const today = dayOf(Date.now());
  const { extra } = page.settings;
  const before = extra.day === today ? extra.count : 0;
  set({ extra: { day: today, count: before + PLAIN.perDay } });
}

/** Ask the browser to keep the answers, once there are any: it may ask the learner. */
async function askToKeep() {
  if (isAsked) return;
  isAsked = true;
  const isSure = await navigator.storage?.persist?.().catch(() => false);
  $("kept").textContent = say(isSure ? "kept" : "perhaps_kept");
}

const isDark = () => {
  const { theme } = page.settings;
  return theme === "auto" ? dark.matches : theme === "dark";
};

function applyTheme() {
  document.documentElement.dataset.theme = isDark() && !isOnPaper() ? "dark" : "light";
}
