// The page without a network: the service worker keeps its files. A new release takes over when the
// page is opened again, or when the learner says so; never while a card is being answered.

/** Keep the page; `announce` is told how to take over a new release that came meanwhile. */
async function keepOffline(announce) {
  if (!("serviceWorker" in navigator) || location.protocol === "file:") return;
  const registration = await navigator.serviceWorker.register("sw.js");
  const watch = (coming) => {
    coming?.addEventListener("statechange", () => {
      const isUpdate = coming.state === "installed" && navigator.serviceWorker.controller;
      if (isUpdate) announce(() => takeOver(coming));
    });
  };
  if (registration.waiting) takeOver(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  document.addEventListener("visibilitychange", () => registration.update().catch(() => {}));
}

function takeOver(worker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  worker.postMessage("take over");
}
