// The page without a network: the service worker keeps its files. A new release takes over when the
// page is opened again, or when the learner says so; never while a card is being answered.

/**
 * Keep the page. `announce` is told how to take over a new release; one that waits already takes
 * over by itself where `isIdle`.
 */
async function keepOffline(announce, isIdle) {
  if (!("serviceWorker" in navigator) || location.protocol === "file:") return;
  const registration = await navigator.serviceWorker.register("sw.js");
  const { waiting } = registration;
  if (waiting && isIdle()) takeOver(waiting);
  else if (waiting) announce(() => takeOver(waiting));
  const watch = (coming) => {
    coming?.addEventListener("statechange", () => {
      const isUpdate = coming.state === "installed" && navigator.serviceWorker.controller;
      if (isUpdate) announce(() => takeOver(coming));
    });
  };
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  const look = () => registration.update().catch(() => {}); // no network: later
  document.addEventListener("visibilitychange", look);
  look();
}

function takeOver(worker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  worker.postMessage("take over");
}
