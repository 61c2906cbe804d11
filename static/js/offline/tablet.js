/**
 * What a page asks of the worker, and the few acts that are the tablet's own: handing it to the
 * customer and taking it back. The shop is asked first; out of reach the tablet does it by itself.
 */
const PATIENCE_MS = 6_000;
const ASKED_MS = 4_000;

/**
 * @param {object} question
 * @returns {Promise<any>} null where the worker does not answer
 */
function ask(question) {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve(null);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(() => resolve(null), PATIENCE_MS);
    worker.postMessage(question, [port2]);
  });
}

/** @param {string} id of an entry of the outbox @returns {Promise<{status: number, text: string, headers: Record<string, string>} | null>} */
export const answerTo = (id) => ask({ kind: "answer", id });

/**
 * Says who is here and what has arrived, so that the worker keeps what this person may go on with.
 * @param {Document} document
 */
export function join(document) {
  const person = document.documentElement.dataset.person ?? null;
  const say = (/** @type {object} */ message) => navigator.serviceWorker.controller?.postMessage(message);
  const arrive = async () => {
    // Said where it can be read: from now on this tablet can go on alone.
    if (await ask({ kind: "here", person })) document.documentElement.dataset.goesOnAlone = "";
  };
  arrive();
  navigator.serviceWorker.addEventListener("controllerchange", arrive);
  document.addEventListener("outbox:sent", (event) => {
    const { entry } = /** @type {CustomEvent} */ (event).detail;
    say({ kind: "sent", entry });
  });
  let waited = false;
  document.addEventListener("outbox:changed", (event) => {
    const { waiting } = /** @type {CustomEvent} */ (event).detail;
    if (waited && waiting === 0) say({ kind: "drained" });
    waited = waiting > 0;
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {import("./outbox.js").Outbox} outbox
 */
export async function submit(form, submitter, outbox) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form, submitter)));
  const visit = form.dataset.visit ?? "";
  await outbox.flush().catch(() => undefined);
  // The shop would hand over what it does not know yet: then the tablet does.
  const isOurs = (await outbox.counts(visit)).rows > 0 || (await ask({ kind: "is-handed" })) !== null;
  const answer = isOurs && form.dataset.tablet === "hand-over" ? null : await shopsAnswer(form.action, body);
  if (answer?.redirected) {
    if (form.dataset.tablet === "take-back") await ask({ kind: "take-back" });
    location.assign(answer.url);
  } else if (answer && answer.status !== 404) {
    show(await answer.text());
  } else {
    if (form.dataset.tablet === "take-back" && !(await claimed(form, body, outbox))) return;
    const own = await ask({ kind: form.dataset.tablet, visit, only: body.get("only") ?? "" });
    if (own) location.assign(own.location);
    else HTMLFormElement.prototype.submit.call(form);
  }
}

/**
 * Out of reach nobody can check a PIN: it is closed with the shop's key and checked when it comes.
 * @param {HTMLFormElement} form @param {URLSearchParams} body @param {import("./outbox.js").Outbox} outbox
 */
async function claimed(form, body, outbox) {
  const [{ ahead }, { takeOver }] = await Promise.all([import("./ahead.js"), import("./claims.js")]);
  const { key } = ahead() ?? {};
  const pin = body.get("pin") ?? "";
  if (!/^\d{4,6}$/.test(pin)) return false;
  const name = form.querySelector(".pin__name")?.textContent ?? "";
  if (key) await takeOver(outbox, { id: body.get("person") ?? "", name }, pin, key);
  return true;
}

/** @param {string} url @param {URLSearchParams} body */
function shopsAnswer(url, body) {
  return fetch(url, { method: "POST", body, signal: AbortSignal.timeout(ASKED_MS) }).catch(() => null);
}

/** @param {string} html the same page with what is wrong */
function show(html) {
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (main) document.querySelector("main")?.replaceWith(document.importNode(main, true));
}
