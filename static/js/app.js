/**
 * The only entry. Defines elements as they appear, and holds every htmx event hook, so that a
 * change of htmx stays in this file. The way a request takes to the server is in request-road.js.
 */
import { defineElementsIn } from "./elements.js";
import { keepTyped, restoreTyped } from "./typed.js";
import { roadFor } from "./request-road.js";

const NOTICE_MS = 8000;
const html = document.documentElement;

defineElementsIn(document);
renewIds(document);
restoreTyped();

// htmx ---------------------------------------------------------------------------------------

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const road = roadFor(ctx.sourceElement);
  if (road) ctx.fetch = (url, request) => road(url, request, ctx.sourceElement);
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status !== 401) return;
  event.preventDefault(); // nothing is swapped: the page stays as it is, with all that was typed
  askToSignIn();
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

document.querySelector("[data-sign-in]")?.addEventListener("click", keepTyped);

function askToSignIn() {
  const sheet = document.getElementById("signed-out");
  const link = sheet?.querySelector("[data-sign-in]");
  if (!link) return;
  link.search = `?next=${encodeURIComponent(location.pathname + location.search)}`;
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
  if (!window.crypto?.randomUUID) return; // no secure context: the server's ids stay
  for (const input of root.querySelectorAll("[data-fresh-id]")) input.value = crypto.randomUUID();
}

html.dataset.ready = ""; // browser tests wait for it
