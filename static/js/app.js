/**
 * The only entry. Defines elements as they appear, and holds every htmx event hook, so that a
 * change of htmx stays in this file; only the outbox has one of its own, where it takes over the
 * requests of capture forms (offline/forms.js).
 */
import { newId } from "./lib/ids.js";
import { installOutbox } from "./offline/outbox.js";

const NOTICE_MS = 8000;
const WORKER_AFTER_MS = 500;

installOutbox(document);
defineElementsIn(document);
renewIds(document);
if (localStorage.getItem("claim")) import("./claimed.js").then(({ showHolder }) => showHolder());
if (sessionStorage.getItem("typed")) import("./typed.js").then(({ restoreTyped }) => restoreTyped());

// htmx ---------------------------------------------------------------------------------------

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status !== 401 || ctx.hx.redirect) return;
  event.preventDefault(); // nothing is swapped: the page stays as it is, with all that was typed
  askToSignIn();
});

document.addEventListener("outbox:sign-in", ({ detail }) => {
  if (detail.status === 401) askToSignIn();
});

document.addEventListener("outbox:sent", ({ detail }) => {
  if (detail.late === "after_signature") notify("notice-late");
  if (detail.claim) import("./claimed.js").then(({ answered }) => answered(detail.claim, notify));
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status >= 500) notify("notice-failed");
});

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.ctx) notify("notice-unreachable");
});

document.addEventListener("htmx:after:swap", () => {
  defineElementsIn(document);
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement.closest?.("form");
  if (form && ctx.response.status < 400) renewIds(form);
  if (ctx.response.status < 400) document.getElementById("problems")?.replaceChildren();
});

// Page ---------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens)?.showModal();
  }
  const closer = event.target.closest("[data-closes]");
  if (closer?.closest("dialog")) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
  if (event.target.matches("dialog.sheet")) event.target.close(); // a tap on the veil
});

document.addEventListener("keydown", (event) => {
  const find = document.querySelector("[data-find]");
  if (!find || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, button, a, summary, dialog, [contenteditable]")) return;
  find.focus();
});

/** The worker comes when the page has nothing else to do; it is what opens this app out of reach. */
if (navigator.serviceWorker && document.documentElement.dataset.person) {
  import("./offline/tablet.js").then(({ join }) => join(document));
  const register = () => navigator.serviceWorker.register("/sw.js", { type: "module" });
  // Out of reach there is no worker to fetch: the next page asks again.
  addEventListener("load", () => setTimeout(() => register().catch(() => undefined), WORKER_AFTER_MS));
}

/** Loaded only now, so that a page which never needs it never asks for it. */
async function askToSignIn() {
  const sheet = document.getElementById("signed-out");
  const link = sheet?.querySelector("[data-sign-in]");
  if (!link || location.pathname === "/sign-in") return; // already asked, by the page itself
  link.search = `?then=${encodeURIComponent(location.pathname + location.search)}`;
  const { keepTyped } = await import("./typed.js");
  link.addEventListener("click", keepTyped);
  if (!sheet.open) sheet.showModal();
}

/** Shows the words of a <template> of the page for eight seconds. */
function notify(template_id) {
  const place = document.getElementById("notice");
  const template = document.getElementById(template_id);
  if (!place || !template) return;
  place.replaceChildren(template.content.cloneNode(true));
  clearTimeout(Number(place.dataset.timer));
  place.dataset.timer = String(setTimeout(() => place.replaceChildren(), NOTICE_MS));
}

/**
 * A form that stays on the page captures many rows: each gets its own id and key.
 * @param {ParentNode} root
 */
function renewIds(root) {
  for (const input of root.querySelectorAll("[data-new-id]")) input.value = newId();
}

/**
 * Loads the module of every custom element that is on the page and not yet defined.
 * File name = tag name: <undo-bar> is elements/undo-bar.js.
 * @param {ParentNode} root
 */
function defineElementsIn(root) {
  const tags = new Set([...root.querySelectorAll(":not(:defined)")].map((element) => element.localName));
  for (const tag of tags) {
    if (/^[a-z]+(-[a-z0-9]+)+$/.test(tag)) import(`./elements/${tag}.js`);
  }
}

document.documentElement.dataset.ready = ""; // browser tests wait for it
