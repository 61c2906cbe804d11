import { newId } from "../lib/ids.js";

/** A person waits so long for the server's own answer before "saved on this tablet" is said. */
const PATIENCE_MS = 4_000;
const PATIENCE_AWAY_MS = 500;
/** htmx drops a submit of a form whose last two are still under way; the answer is shown so late. */
const DROPPED_AFTER_MS = 1_000;
const NO_BODY = [204, 205, 304];

/** @type {Map<string, symbol>} by id of a place of the page: its newest capture */
const newest = new Map();

/**
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./outbox.js").Draft} Draft
 * @typedef {import("./outbox.js").Answer} Answer
 */

/**
 * Joins the page's `[data-outbox]` forms, with htmx or plain, to the outbox.
 * @param {Document} document
 * @param {Outbox} outbox
 */
export function joinForms(document, outbox) {
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    const form = ctx.sourceElement.closest?.("[data-outbox]");
    if (form && ctx.request.method === "POST") takeOver(ctx, form, outbox);
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.matches("[data-tablet]") && navigator.serviceWorker?.controller) {
      event.preventDefault();
      import("./tablet.js").then(({ submit }) => submit(form, event.submitter, outbox));
    }
    if (event.defaultPrevented || !form.matches("[data-outbox]")) return;
    event.preventDefault();
    if (!form.hasAttribute("data-sending")) sendPlain(form, event.submitter, outbox);
  });
}

/**
 * What a form would send now, with a fresh id and capture time.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 * @returns {Draft}
 */
export function draftOf(form, submitter = null) {
  const url = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  return draftFrom(form, url, new FormData(form, submitter));
}

/**
 * @param {Element} form
 * @param {string} url
 * @param {FormData} body
 * @param {Record<string, string>} [headers]
 * @returns {Draft}
 */
function draftFrom(form, url, body, headers) {
  for (const input of form.querySelectorAll("input[data-new-id]")) {
    body.set(/** @type {HTMLInputElement} */ (input).name, newId());
  }
  if (body.has("captured_at")) body.set("captured_at", new Date().toISOString());
  const visit = form.closest("[data-visit]")?.getAttribute("data-visit") ?? "";
  /** @type {Draft} */
  const draft = { url, visit, fields: [], files: [], headers };
  for (const [name, value] of body) {
    if (typeof value === "string") draft.fields.push([name, value]);
    else if (value.name !== "") draft.files?.push({ name, file: value });
  }
  return draft;
}

/**
 * htmx asks, the outbox sends; htmx swaps the server's own answer, in time or late.
 * @param {any} ctx
 * @param {HTMLElement} form
 * @param {Outbox} outbox
 */
function takeOver(ctx, form, outbox) {
  const headers = { ...ctx.request.headers, "HX-Request-Type": "partial" };
  const draft = draftFrom(form, ctx.request.action, ctx.request.body, headers);
  const { swap } = ctx;
  const place = ctx.target?.id ?? "";
  const turn = Symbol(place);
  if (place) newest.set(place, turn);
  // A finger was quicker than the answer: the newer capture's answer shows both.
  const isOld = () => place !== "" && newest.get(place) !== turn;
  /** @type {((answer: Answer | null) => void) | null} */
  let hand = null;
  /** @type {Answer | null} */
  let early = null;
  let isAsked = false;

  const submit = () =>
    outbox.submit(draft, (verdict, answer) => {
      const given = verdict === "later" ? null : answer;
      if (hand) {
        hand(given);
        hand = null;
        return given !== null && form.isConnected && document.visibilityState === "visible";
      }
      if (given === null || verdict !== "confirmed") return false;
      if (isAsked) isOld() || swapLate(ctx, swap, given, form);
      else {
        early = given;
        setTimeout(() => isAsked || isOld() || swapLate(ctx, swap, given, form), DROPPED_AFTER_MS);
      }
      return false;
    });
  // Kept at once: htmx may queue or drop its request, the capture is safe either way.
  const sent = ctx.confirm ? null : submit();

  ctx.fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ request) => {
    isAsked = true;
    ctx.target = inPage(ctx.target);
    if (early) return responseOf(early, isOld());
    const answered = new Promise((resolve) => (hand = resolve));
    const { stored, id } = sent ?? submit();
    try {
      await stored;
    } catch {
      return fetch(url, { ...request, headers: { ...request.headers, "Idempotency-Key": id } });
    }
    const answer = await inTime(answered, outbox);
    hand = null;
    ctx.target = inPage(ctx.target);
    if (answer) return responseOf(answer, isOld());
    const own = await tabletsAnswer(id);
    if (!own) return savedHere(form, id);
    form.dispatchEvent(new CustomEvent("outbox:saved", { bubbles: true, detail: { id } }));
    return responseOf({ ...own, headers: new Headers(own.headers) }, isOld());
  };
}

/** What the tablet answers by itself, which needs its worker. @param {string} id */
async function tabletsAnswer(id) {
  if (!navigator.serviceWorker?.controller) return null;
  return (await import("./tablet.js")).answerTo(id);
}

/**
 * @param {Promise<any>} answered
 * @param {Outbox} outbox
 * @returns {Promise<Answer | null>}
 */
function inTime(answered, outbox) {
  const patience = outbox.connection.state === "away" ? PATIENCE_AWAY_MS : PATIENCE_MS;
  return Promise.race([
    answered,
    new Promise((resolve) => setTimeout(() => resolve(null), patience)),
  ]);
}

/** @param {Answer} answer @param {boolean} isOld a refusal is shown nevertheless */
function responseOf({ status, headers, text }, isOld) {
  const shown = new Headers(headers);
  if (isOld && status < 400) shown.set("HX-Reswap", "none");
  return new Response(NO_BODY.includes(status) ? null : text, { status, headers: shown });
}

/** What stands in the place now: an earlier answer may have replaced it. @param {Element | null} target */
function inPage(target) {
  return (!target?.isConnected && target?.id && document.getElementById(target.id)) || target;
}

/**
 * The form's own template (`data-saved`) is swapped like an answer; else a note is put at the form.
 * @param {HTMLElement} form
 * @param {string} id
 */
function savedHere(form, id) {
  const own = form.dataset.saved && document.getElementById(form.dataset.saved);
  const headers = new Headers({ "Content-Type": "text/html" });
  if (!own) {
    headers.set("HX-Reswap", "none");
    note(form);
  }
  form.dispatchEvent(new CustomEvent("outbox:saved", { bubbles: true, detail: { id } }));
  return new Response(own instanceof HTMLTemplateElement ? own.innerHTML : "", { headers });
}

/** @param {HTMLElement} form */
function note(form) {
  const template = document.getElementById("saved-here");
  if (!(template instanceof HTMLTemplateElement)) return;
  clearNote(form);
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const element of copy.children) element.setAttribute("data-saved-note", "");
  (form.querySelector("[data-saved-slot]") ?? form).append(copy);
}

/** @param {HTMLElement} form */
function clearNote(form) {
  for (const old of form.querySelectorAll("[data-saved-note]")) old.remove();
}

/**
 * The answer came after "saved here": shown where it belongs, unless somebody types there now.
 * @param {any} ctx
 * @param {string} swap
 * @param {Answer} answer
 * @param {HTMLElement} form
 */
async function swapLate(ctx, swap, answer, form) {
  clearNote(form);
  const active = document.activeElement;
  const isTyping = active?.matches("input:not([type=hidden]), textarea, select");
  ctx.target = inPage(ctx.target);
  if (!ctx.target?.isConnected || (isTyping && ctx.target.contains(active))) return;
  if (answer.redirected || !answer.text) return;
  ctx.text = answer.text;
  ctx.swap = answer.headers.get("HX-Reswap") ?? swap;
  await /** @type {any} */ (window).htmx?.swap(ctx);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {Outbox} outbox
 */
async function sendPlain(form, submitter, outbox) {
  form.toggleAttribute("data-sending", true);
  /** @type {(answer: Answer | null) => void} */
  let hand = () => {};
  const answered = new Promise((resolve) => (hand = resolve));
  const draft = { ...draftOf(form, submitter), headers: {} };
  const { id, stored } = outbox.submit(draft, (verdict, answer) => {
    hand(verdict === "later" ? null : answer);
    return document.visibilityState === "visible";
  });
  try {
    await stored;
  } catch {
    HTMLFormElement.prototype.submit.call(form);
    return;
  }
  const answer = await inTime(answered, outbox);
  form.toggleAttribute("data-sending", false);
  if (!answer) {
    form.dispatchEvent(new CustomEvent("outbox:saved", { bubbles: true, detail: { id } }));
    const own = await tabletsAnswer(id);
    if (own?.headers.Location) location.assign(own.headers.Location);
    else if (own?.text) show(own.text);
    else note(form);
  } else if (answer.redirected) location.assign(answer.url);
  else show(answer.text);
}

/** The page that was answered, in place of this one. @param {string} html */
function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  const here = document.querySelector("main");
  if (!main || !here) return;
  const shown = document.importNode(main, true);
  here.replaceWith(shown);
  /** @type {any} */ (window).htmx?.process(shown);
  shown.querySelector("[aria-invalid], [data-problem]")?.scrollIntoView({ block: "center" });
}
