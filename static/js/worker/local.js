/**
 * The shop as this tablet knows it: the rows it was given, and on top of them everything that was
 * captured here since, by the very code that the shop will run when it arrives there.
 */
import { Store } from "../offline/store.js";
import * as shop from "../shop/shop.js";
import { keep, kept } from "./keep.js";

const outbox = new Store();
const PHOTOS = /^\/visits\/([0-9a-f-]{36})\/photos$/;
const VISIT = /^\/visits\/([0-9a-f-]{36})/;

/** @type {{person: any, etag: string, applied: Map<string, any>, database: any} | null} */
let state = null;
/** @type {Promise<unknown>} one at a time: the translated code knows one request */
let turn = Promise.resolve();
let opening;
let open = async () => {};

/** @param {any} code @param {string} words address of the words */
export function prepare(code, words) {
  open = () =>
    (opening ??= caches
      .match(words)
      .then((found) => found ?? fetch(words))
      .then((answer) => answer.json())
      .then((book) => shop.open(code, book)));
}

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => undefined);
  return done;
}

/** What the person who is signed in was given. */
export async function given() {
  const person = await kept("person");
  return person ? kept(`rows:${person}`) : undefined;
}

/** Answers a page or a part of one, or null where the tablet knows no such. @param {string} url @param {boolean} fragment */
export function page(url, fragment) {
  return inTurn(async () => {
    const now = await refresh();
    if (!now) return null;
    shop.ask(now.person, await kept("handed"));
    const answer = shop.answer({ method: "GET", url, fragment, at: Date.now() });
    return answer && answer.status_code !== 404 ? read(answer) : null;
  });
}

/** What the shop would answer to an entry of the outbox. @param {string} id */
export function answerTo(id) {
  return inTurn(async () => {
    const now = await refresh();
    const answer = now?.applied.get(id);
    return answer ? read(answer) : null;
  });
}

/** Whether the tablet may be handed over: the codes that are to be signed. @param {string} visit @param {string} only */
export function dueOf(visit, only) {
  return inTurn(async () => {
    const now = await refresh();
    if (!now) return [];
    shop.ask(now.person);
    return shop.due(visit).filter((code) => !only || code === only);
  });
}

/** The bytes of a photo that waits here. @param {string} id of its row */
export async function photo(id) {
  const entry = (await outbox.all()).find(({ kind, row }) => kind === "photo" && row === id);
  if (!entry) return null;
  const [bytes] = await outbox.bytes(entry.id);
  return new Response(bytes, { headers: { "Content-Type": entry.files[0].type } });
}

/** Whether anything of this visit was captured here and is not in what the shop gave yet. @param {string} visit */
export async function hasOwn(visit) {
  return (await entries()).some((entry) => entry.visit === visit || entry.row === visit);
}

/** An entry that has arrived is remembered until the shop's rows hold it. @param {any} entry */
export async function sent(entry) {
  const all = (await kept("sent")) ?? [];
  await keep("sent", [...all, { ...entry, sentAt: Date.now() }]);
}

/** Rows that were asked for after an entry had arrived hold it. @param {number} askedAt */
export async function settle(askedAt) {
  const all = (await kept("sent")) ?? [];
  await keep("sent", all.filter(({ sentAt }) => sentAt >= askedAt));
}

async function entries() {
  const waiting = (await outbox.all().catch(() => [])).filter(({ state: is }) => is === "waiting");
  const arrived = ((await kept("sent")) ?? []).filter(({ id }) => !waiting.some((entry) => entry.id === id));
  return [...arrived, ...waiting].sort((a, b) => a.seq - b.seq);
}

/** The rows with all entries on them; only what is new is done anew. */
async function refresh() {
  const rows = await given();
  if (!rows) return (state = null);
  await open();
  const all = await entries();
  const ids = new Set(all.map(({ id }) => id));
  const isSame = state && state.etag === rows.etag && [...state.applied.keys()].every((id) => ids.has(id));
  if (!isSame) {
    state = { person: rows.person, etag: rows.etag, applied: new Map(), database: shop.databaseOf(rows.rows, rows.person.site) };
  }
  const now = /** @type {NonNullable<typeof state>} */ (state);
  shop.use(now.database);
  shop.useLinks(rows.links, (await kept("links")) ?? {});
  for (const entry of all) if (!now.applied.has(entry.id)) now.applied.set(entry.id, await apply(entry, now.person));
  await keep("links", shop.linksInUse());
  return now;
}

/** @param {any} entry @param {any} person */
async function apply(entry, person) {
  const at = Date.parse(entry.capturedAt) + entry.clockOffset;
  const [, visit] = PHOTOS.exec(entry.url) ?? [];
  shop.ask({ ...person, id: entry.author || person.id }, await kept("handed"));
  try {
    if (!visit) return shop.answer({ method: "POST", url: entry.url, form: entry.fields, fragment: "HX-Request" in entry.headers, at });
    const [bytes] = await outbox.bytes(entry.id);
    return shop.addPhoto(visit, entry, at, bytes);
  } catch (problem) {
    console.error("not understood on the tablet", entry.url, problem); // the shop decides when it comes
    return null;
  }
}

/** @param {any} answer @returns {{status: number, text: string, headers: Record<string, string>}} */
function read(answer) {
  const headers = Object.fromEntries(answer.headers.pairs().map(([name, value]) => [name, String(value)]));
  return { status: answer.status_code, text: answer.text, headers };
}

/** @param {string} path @returns {string | undefined} */
export const visitIn = (path) => VISIT.exec(path)?.[1];

/** Who captured what still waits here. */
export async function authors() {
  return new Set((await entries()).map(({ author }) => author));
}

/** The page for what is not on this tablet. */
export function notice() {
  return inTurn(async () => {
    await refresh();
    return shop.draw("offline/show.html");
  });
}
