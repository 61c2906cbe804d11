/**
 * The worker: the shop's files at once, its pages while it answers, and out of reach the tablet's own.
 * Nothing that is sent passes here; fragments are never kept.
 */
import { forget, keep, kept, names } from "./keep.js";
import * as local from "./local.js";

const PATIENCE_MS = 3_000;
const GIVEN_FOR_MS = 60_000;
const NOT_OURS = ["/connection", "/tablet/", "/sw.js", "/manifest.webmanifest", "/trust"];
const PHOTO = /^\/photos\/([0-9a-f-]{36})\/(list|screen|received)$/;

/** @type {{id: string, words: string, files: string[], pages: string[], headers: Record<string, string>}} */
let settings;

/** @param {any} code the shop's own, translated @param {typeof settings} given */
export function install(code, given) {
  settings = given;
  local.prepare(code, given.words);
  const worker = /** @type {any} */ (self);
  worker.addEventListener("install", (event) => event.waitUntil(keepFiles()));
  worker.addEventListener("activate", (event) => event.waitUntil(begin(worker)));
  worker.addEventListener("fetch", (event) => answer(event));
  worker.addEventListener("message", (event) => event.waitUntil(hear(event)));
}

async function keepFiles() {
  const cache = await caches.open(`files-${settings.id}`);
  await cache.addAll([...settings.files, settings.words]);
}

/** @param {any} worker */
async function begin(worker) {
  const old = (await caches.keys()).filter((name) => name.startsWith("files-") && name !== `files-${settings.id}`);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {any} event */
function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || NOT_OURS.some((path) => pathname.startsWith(path))) return;
  if (pathname.startsWith("/static/")) event.respondWith(fileOf(request));
  else if (PHOTO.test(pathname)) event.respondWith(photoOf(request, pathname));
  else if (request.mode === "navigate") event.respondWith(pageOf(request, event));
  else if (request.headers.has("HX-Request")) event.respondWith(partOf(request));
}

async function fileOf(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function photoOf(request, pathname) {
  const found = await fetch(request).catch(() => null);
  if (found?.ok) return found;
  return (await local.photo(PHOTO.exec(pathname)[1])) ?? found ?? Response.error();
}

/** @param {any} request @param {any} event */
async function pageOf(request, event) {
  const url = new URL(request.url);
  const handed = await kept("handed");
  if (handed) return customersPage(url, handed);
  const path = url.pathname + url.search;
  const found = await inTime(request);
  const visit = local.visitIn(url.pathname);
  // The shop may not know yet what was captured here; then the tablet knows better.
  const isUnknown = found && found.status === 404 && visit && (await local.hasOwn(visit));
  if (found && !isUnknown && found.status < 500) {
    event.waitUntil(remember(path, found.clone()));
    return found;
  }
  const isOpen = !(await kept("claimed")) || path.startsWith("/arrivals/") || (visit && (await local.hasOwn(visit)));
  if (!isOpen) return found ?? notHere();
  return (await own(path, false)) ?? (await record(visit)) ?? (await opened(path)) ?? found ?? notHere();
}

/** In customer mode nothing is shown but what this customer may see. */
async function customersPage(url, visit) {
  const theirs = [`/visits/${visit}/customer`, `/visits/${visit}/thank-you`, `/visits/${visit}/give-back`];
  if (!theirs.includes(url.pathname)) return Response.redirect(`/visits/${visit}/give-back`, 303);
  return (await own(url.pathname + url.search, false)) ?? notHere();
}

async function partOf(request) {
  const url = new URL(request.url);
  const found = await inTime(request);
  const visit = local.visitIn(url.pathname);
  if (found && !(found.status === 404 && visit && (await local.hasOwn(visit)))) return found;
  return (await own(url.pathname + url.search, true)) ?? found ?? Response.error();
}

/** The shop's answer, null where it is out of reach or lets people wait. */
async function inTime(request) {
  const asked = fetch(request).catch(() => null);
  return Promise.race([asked, new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))]);
}

/** What the tablet answers by itself. @param {string} path @param {boolean} fragment */
async function own(path, fragment) {
  const found = await local.page(path, fragment).catch((problem) => void console.error(path, problem));
  if (!found) return null;
  if (found.headers.Location) return Response.redirect(found.headers.Location, 303);
  return new Response(found.status === 204 ? null : found.text, { status: found.status, headers: headersOf(found.headers) });
}

/** The record of a visit that is only here is its review. */
async function record(visit) {
  if (!visit || !(await local.hasOwn(visit))) return null;
  return Response.redirect(`/visits/${visit}/review`, 303);
}

function headersOf(more = {}) {
  return { ...settings.headers, "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", ...more };
}

// Pages of a person --------------------------------------------------------------------------

/** A page that was opened is kept for the person whose it is, and for nobody else. */
async function remember(path, answer) {
  if (!answer.ok || answer.redirected || !(answer.headers.get("Content-Type") ?? "").startsWith("text/html")) return;
  const person = personOf(await answer.clone().text());
  if (path.startsWith("/sign-in")) return void (await caches.open("pages")).put("/sign-in", answer);
  if (!person) return;
  await (await caches.open(`pages-${person}`)).put(path, answer);
}

const personOf = (text) => /<html[^>]* data-person="([0-9a-f-]{36})"/.exec(text.slice(0, 400))?.[1] ?? null;

async function opened(path) {
  const person = await kept("person");
  const cache = person ? await caches.open(`pages-${person}`) : null;
  return (await cache?.match(path)) ?? (person ? null : ((await caches.match("/sign-in")) ?? null));
}

async function notHere() {
  const text = await local.notice().catch(() => "");
  return new Response(text, { status: 503, headers: headersOf() });
}

// What the pages say -------------------------------------------------------------------------

/** @param {any} event */
async function hear({ data, ports: [port] }) {
  if (data.kind === "here") {
    await present(data.person);
    port?.postMessage(Boolean(await local.given()));
  }
  if (data.kind === "sent") await local.sent(data.entry);
  if (data.kind === "drained") await ask(0);
  if (data.kind === "answer") port.postMessage(await local.answerTo(data.id).catch(() => null));
  if (data.kind === "hand-over") port.postMessage(await handOver(data.visit, data.only));
  if (data.kind === "take-back") port.postMessage(await takeBack(data.visit !== undefined));
  if (data.kind === "is-handed") port.postMessage(await kept("handed"));
}

/** Whose page is open. Another person's pages and rows go, once nothing of theirs waits here. */
async function present(person) {
  if (person) await keep("person", person);
  if (person && (await ask(GIVEN_FOR_MS))) await forget("claimed");
  const authors = await local.authors();
  for (const name of await caches.keys()) {
    const [, whose] = /^pages-(.+)$/.exec(name) ?? [];
    if (whose && whose !== person) await caches.delete(name);
  }
  for (const name of await names()) {
    const [, whose] = /^rows:(.+)$/.exec(name) ?? [];
    if (whose && whose !== person && person && !authors.has(whose)) await forget(name);
  }
}

/** Asks the shop for this person's rows; whether it answered. @param {number} notWithin ms */
async function ask(notWithin) {
  const person = await kept("person");
  if (!person || (await kept("handed"))) return false;
  const before = await kept(`rows:${person}`);
  const askedAt = Date.now();
  if (before && askedAt - before.askedAt < notWithin && !(await kept("claimed"))) return false;
  const headers = before?.etag ? { "If-None-Match": before.etag } : {};
  const found = await fetch("/tablet/rows", { headers, cache: "no-store" }).catch(() => null);
  if (found?.status === 304) await keep(`rows:${person}`, { ...before, askedAt });
  else if (found?.ok) {
    const rows = await found.json();
    if (rows.person.id !== person) return false;
    await keep(`rows:${person}`, { ...rows, etag: found.headers.get("ETag"), askedAt });
    if (!before) await openPages(person);
  } else return false;
  await local.settle(askedAt);
  return true;
}

/** Pages that nobody may have opened here yet. */
async function openPages(person) {
  for (const path of settings.pages) {
    const found = await fetch(path, { headers: { Accept: "text/html" } }).catch(() => null);
    if (found?.ok && (await kept("person")) === person) await remember(path, found);
  }
}

/** Locks the tablet to what the customer is to see. @param {string} visit @param {string} only */
async function handOver(visit, only) {
  const due = await local.dueOf(visit, only).catch(() => []);
  if (due.length === 0) return null;
  await keep("handed", visit);
  return { location: `/visits/${visit}/customer${only ? `?only=${only}` : ""}` };
}

/** @param {boolean} isClaimed whether the shop could not check who took it: then only what was captured here opens */
async function takeBack(isClaimed) {
  const visit = await kept("handed");
  await forget("handed");
  if (isClaimed) await keep("claimed", true);
  return { location: `/visits/${visit}/completion` };
}
