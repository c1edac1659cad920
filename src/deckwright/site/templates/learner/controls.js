// What the learner can press: keys, buttons, choices and files; and how the page begins.

function save() {
  const blob = new Blob([progressFile(deck.key, page.answers)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${deck.key}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // Safari begins to save later
}

async function load(file) {
  const read = readProgress(await file.text().catch(() => ""), deck.key);
  if (read.error) {
    $("loaded").textContent = say(`wrong_${read.error}`);
    return;
  }
  const known = new Map(page.answers.map((each) => [each.id, each]));
  const isNew = ({ id, undone }) => !known.has(id) || (undone && !known.get(id).undone);
  const added = read.answers.filter(isNew);
  await keep(added);
  $("loaded").textContent = say("loaded", { count: added.length });
}

/** Keys do nothing where a control takes them: typing, choosing, pressing a link. */
function onKey(event) {
  const { key, target } = event;
  if (isOnPaper()) {
    if (key === "Escape") history.back();
    return;
  }
  if (!page.shown && key !== "z") return;
  if (event.altKey || event.metaKey || (event.ctrlKey && key !== "z")) return;
  if (target.closest?.("input, select, textarea")) return;
  const presses = key === " " || key === "Enter";
  if (presses && target.closest?.("a, button, summary")) return;
  if (presses && event.composedPath()[0].closest?.("a, audio, video")) return;
  if (!presses && !/^[rz1-4]$/.test(key)) return;
  event.preventDefault();
  if (event.repeat) return; // a key that is held down answers once
  if (key === "z") undo();
  else if (key === "r") aloud();
  else if (!presses) answer(Number(key));
  else if (isBack) answer(3);
  else turn();
}

function listen() {
  listenToPaper();
  document.addEventListener("keydown", onKey);
  $("show").addEventListener("click", turn);
  $("undo").addEventListener("click", undo);
  $("aloud").addEventListener("click", aloud);
  globalThis.speechSynthesis?.addEventListener("voiceschanged", showAloud);
  $("more").addEventListener("click", moreNew);
  for (const button of $("grades").children) {
    button.addEventListener("click", () => answer(Number(button.value)));
  }
  $("part").addEventListener("change", ({ target }) =>
    set({ part: target.value === "" ? null : target.value }),
  );
  $("per-day").addEventListener("change", ({ target }) =>
    set({ perDay: within(PER_DAY, Math.round(target.valueAsNumber) || 0) }),
  );
  $("theme").addEventListener("change", ({ target }) => set({ theme: target.value }));
  $("save").addEventListener("click", save);
  $("load").addEventListener("change", ({ target }) => {
    if (target.files[0]) load(target.files[0]);
    target.value = "";
  });
  dark.addEventListener("change", show);
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : refresh()));
  channel?.addEventListener("message", () => refresh());
  addEventListener("hashchange", () => keyInAddress() && refresh(keyInAddress()));
}

function showReleases() {
  const choice = $("since");
  if (!choice) return;
  for (const [index, date] of deck.releases.entries()) {
    const option = element("option", say("release", { number: index + 1, date }));
    option.value = index + 1;
    choice.prepend(option);
  }
  const seen = page.answers.map(({ release }) => release).filter((n) => n < deck.release);
  choice.value = seen.reduce((last, each) => Math.max(last, each), 0) || deck.release - 1;
  const news = () => showNews($("changes"), deck, Number(choice.value));
  choice.addEventListener("change", news);
  news();
}

/** Nothing was left to do: by now, a step or a new day may have come. */
function goOnWhenDue() {
  if (!page.shown && agenda(page.progress, page.settings, Date.now()).next) goOn();
}

async function begin() {
  face.replaceSync(deck.css);
  page.store = await openStore(deck.key);
  listen();
  await refresh(keyInAddress());
  showReleases();
  $("unable").hidden = true;
  setInterval(goOnWhenDue, 30000);
  if (page.answers.length) askToKeep();
  const announce = (takesOver) => {
    $("update").hidden = false;
    $("reload").addEventListener("click", takesOver);
  };
  keepOffline(announce, () => !hasBegun).catch(() => {}); // it then works where there is a network
}

begin();
