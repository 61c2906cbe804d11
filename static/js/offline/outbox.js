import { newId } from "../lib/ids.js";
import { captor } from "./captor.js";
import { Connection } from "./connection.js";
import { draftOf, joinForms } from "./forms.js";
import { post } from "./post.js";
import { countsOf, delayAfter, nextToSend, verdictOn } from "./queue.js";
import { ROW_VERSION, Store } from "./store.js";

const LONGEST_TEXT = 2_000;
/** A page is shown first; what a time without network needs is asked for afterwards. */
const AHEAD_AFTER_MS = 8_000;

/**
 * What a caller wants sent.
 * @typedef {object} Draft
 * @property {string} url
 * @property {[string, string][]} fields
 * @property {{name: string, file: File}[]} [files]
 * @property {string} [visit]
 * @property {string} [sha256] set for a photo: the answer must name it
 * @property {Record<string, string>} [headers]
 * @property {string} [id] idempotency key, if already made
 *
 * @typedef {import("./post.js").Answer} Answer
 * @typedef {(verdict: import("./queue.js").Verdict, answer: Answer | null) => boolean | void} Hear
 *   called after each try, null where the server was not reached; true: a person sees the answer
 * @typedef {import("./store.js").Entry} Entry
 */

/** Store first, send second: one road for every capture, online too. */
export class Outbox {
  store = new Store();
  connection = new Connection();
  /** @type {Map<string, Hear>} */
  #listeners = new Map();
  /** @type {Promise<unknown>} */
  #storing = Promise.resolve();
  /** @type {Record<string, Promise<void> | undefined>} */
  #draining = {};
  /** @type {Record<string, boolean>} */
  #again = {};
  #failures = 0;
  #signedOut = false;
  /** The sign-in that was refused last. @type {string | null} */
  #refusedIn = null;
  #installed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /** Listens to the page; safe to call twice. @param {Document} document */
  install(document) {
    if (this.#installed) return;
    this.#installed = true;
    this.#channel = new BroadcastChannel("outbox");
    this.#channel.onmessage = ({ data }) => this.#heardFromAnotherTab(data);
    this.connection.addEventListener("changed", () => this.#changed(false));
    addEventListener("online", () => this.#retry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#retry());
    joinForms(document, this);
    this.#start();
  }

  /**
   * Keeps a capture on this tablet, then sends it.
   * @param {HTMLFormElement | Draft} what
   * @returns {Promise<string>} the entry's id, once it is safe on the disk
   */
  async put(what) {
    const draft = what instanceof HTMLFormElement ? draftOf(what) : what;
    const { id, stored } = this.submit(draft, () => false);
    await stored;
    return id;
  }

  /**
   * The same, told of every answer. Capture time, author and order are those of this call.
   * @param {Draft} draft
   * @param {Hear} hear
   * @returns {{id: string, stored: Promise<void>}}
   */
  submit(draft, hear) {
    const entry = this.#entryOf(draft);
    const files = draft.files ?? [];
    this.#listeners.set(entry.id, hear);
    const stored = this.#storing.then(async () => {
      const bytes = await Promise.all(files.map(({ file }) => file.arrayBuffer()));
      await this.store.add(entry, bytes);
      this.#changed();
      this.flush();
    });
    this.#storing = stored.catch((problem) => announce("outbox:broken", { id: entry.id, problem }));
    return { id: entry.id, stored };
  }

  /** Sends what can go; resolves when this pass has ended. @returns {Promise<void>} */
  async flush() {
    clearTimeout(this.#timer);
    this.#signedOut = false;
    await this.#drain("row");
    await this.#drain("photo");
    await this.#plan();
  }

  /** How much is only on this tablet. @param {string} [visit] */
  async counts(visit) {
    return countsOf(await this.store.all(), visit);
  }

  /** Everything kept here, without files. @returns {Promise<Entry[]>} */
  list() {
    return this.store.all();
  }

  /** Sends a parked entry again. @param {string} id */
  async retry(id) {
    const entry = await this.#find(id);
    if (!entry) return;
    await this.store.change({ ...entry, state: "waiting", tries: 0, problem: null });
    this.#changed();
    await this.flush();
  }

  /**
   * Sends a parked entry again as a person corrected it: a new request for the same row, in its place
   * and with its capture time.
   * @param {string} id
   * @param {[string, string][]} fields
   * @returns {Promise<string | undefined>} the new entry's id
   */
  async correct(id, fields) {
    const entry = await this.#find(id);
    if (!entry) return undefined;
    const key = newId();
    const said = fields.map(([name, value]) => /** @type {[string, string]} */ ([name, name === "_key" ? key : value]));
    const again = { ...entry, id: key, fields: said, state: /** @type {const} */ ("waiting"), tries: 0, problem: null };
    await this.store.replace(entry, again, await this.store.bytes(id));
    this.#changed();
    await this.flush();
    return key;
  }

  /** Takes an entry out for good; only a person may ask for it. @param {string} id */
  async drop(id) {
    const entry = await this.#find(id);
    if (!entry) return;
    await this.store.remove(entry);
    this.#listeners.delete(id);
    this.#changed();
    await this.flush();
  }

  /** Everything with its files, as one file that a server can import. @returns {Promise<File>} */
  async exportAll() {
    return (await import("./export.js")).exportFile(this.store);
  }

  async #start() {
    const waiting = (await this.counts().catch(() => ({ waiting: 0 }))).waiting;
    this.#changed(false);
    const { contact, isFresh } = this.connection;
    const isOther = contact.person !== (document.documentElement.dataset.person ?? null);
    if (waiting > 0 || !isFresh || isOther) await this.connection.check();
    if (waiting > 0) await this.flush();
    // Out of reach its module may not load either: then the next page asks.
    setTimeout(() => this.#lookAhead().catch(() => undefined), AHEAD_AFTER_MS);
  }

  /** Numbers, names and the shop's key for a time without network; and the browser's promise to stay. */
  async #lookAhead() {
    if (!document.documentElement.dataset.person || document.hidden) return;
    if (document.body.classList.contains("customer")) return;
    const { askAhead } = await import("./ahead.js");
    await askAhead(this.connection);
  }

  /** @param {Draft} draft @returns {Entry} */
  #entryOf({ url, fields, files = [], visit = "", sha256, headers, id = newId() }) {
    const { contact } = this.connection;
    const { author, claim } = captor(contact);
    return {
      id,
      version: ROW_VERSION,
      url: new URL(url, location.href).pathname + new URL(url, location.href).search,
      visit,
      kind: sha256 ? "photo" : "row",
      row: fields.find(([name]) => name === "id")?.[1] || null,
      fields: fields.map(([name, value]) => [name, name === "_key" ? id : value]),
      files: files.map(({ name, file }) => {
        return { name, filename: file.name, type: file.type, size: file.size };
      }),
      headers: headers ?? { "HX-Request": "true", "HX-Request-Type": "partial" },
      author,
      claim,
      tablet: contact.tablet ?? "",
      capturedAt: new Date().toISOString(),
      clockOffset: contact.offset,
      sha256: sha256 ?? null,
      state: "waiting",
      tries: 0,
      problem: null,
    };
  }

  /** @param {string} id */
  async #find(id) {
    return (await this.store.all()).find((entry) => entry.id === id);
  }

  /** One tab at a time per lane; a call during a pass makes the lane look again. */
  #drain(/** @type {"row" | "photo"} */ kind) {
    this.#again[kind] = true;
    this.#draining[kind] ??= navigator.locks
      .request(`outbox-${kind}`, async () => {
        while (this.#again[kind]) {
          this.#again[kind] = false;
          await this.#pass(kind);
        }
      })
      .catch(() => void this.#failures++)
      .finally(() => (this.#draining[kind] = undefined));
    return this.#draining[kind];
  }

  /** @param {"row" | "photo"} kind */
  async #pass(kind) {
    let sent = 0;
    for (;;) {
      const entries = await this.store.all();
      const entry = nextToSend(entries, kind);
      if (!entry) {
        if (kind === "photo" && sent > 0 && nextToSend(entries, "row")) this.flush();
        return;
      }
      const verdict = await this.#send(entry);
      sent += 1;
      if (verdict === "later" || verdict === "sign-in") return;
    }
  }

  /** @param {Entry} entry */
  async #send(entry) {
    const bytes = entry.files.length > 0 ? await this.store.bytes(entry.id) : [];
    const answer = await post(entry, bytes);
    if (answer === null) {
      this.#failures += 1;
      this.connection.found(false);
      this.#listeners.get(entry.id)?.("later", null);
      return "later";
    }
    this.connection.found(true);
    const verdict = verdictOn(entry, answer);
    if (entry.kind === "row") this.#channel?.postMessage({ id: entry.id, verdict, ...plain(answer) });
    await this.#act(entry, verdict, answer);
    return verdict;
  }

  /** @param {Entry} entry @param {import("./queue.js").Verdict} verdict @param {Answer} answer */
  async #act(entry, verdict, answer) {
    const seen = this.#listeners.get(entry.id)?.(verdict, answer) === true;
    if (verdict === "later") {
      this.#failures += 1;
      const tries = entry.tries + (answer.status >= 500 || answer.status < 300 ? 1 : 0);
      await this.store.change({ ...entry, tries });
      return;
    }
    this.#failures = 0;
    if (verdict === "sign-in") {
      this.#signedOut = true;
      this.#refusedIn = this.connection.contact.signIn ?? null;
      announce("outbox:sign-in", { id: entry.id, status: answer.status });
      return;
    }
    this.#listeners.delete(entry.id);
    if (verdict === "confirmed") {
      await this.store.remove(entry);
      const [late, claim] = ["X-Late-Entry", "X-Claim"].map((name) => answer.headers.get(name));
      announce("outbox:sent", { entry, text: answer.text, status: answer.status, late, claim });
    } else if (answer.status === 422 && seen) {
      // The form stands there with what was typed and what is wrong: it is corrected in place.
      await this.store.remove(entry);
    } else {
      const at = new Date().toISOString();
      const problem = { status: answer.status, text: wordsOf(answer.text), at };
      await this.store.change({ ...entry, state: "parked", problem });
      announce("outbox:parked", { entry: { ...entry, state: "parked", problem } });
    }
    this.#changed();
  }

  async #plan() {
    const entries = await this.store.all().catch(() => []);
    if (!(nextToSend(entries, "row") || nextToSend(entries, "photo"))) return;
    const visible = document.visibilityState === "visible";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#retry(), delayAfter(Math.max(this.#failures, 1), visible));
  }

  async #retry() {
    if ((await this.counts().catch(() => ({ waiting: 0 }))).waiting === 0) return;
    const isReached = await this.connection.check();
    // Who was refused is not asked again: somebody has to have signed in since, on any page.
    const isRefused = this.#signedOut && (this.connection.contact.signIn ?? null) === this.#refusedIn;
    if (isReached && !isRefused) return this.flush();
    this.#failures += 1;
    await this.#plan();
  }

  /** @param {boolean} [tellOthers] */
  async #changed(tellOthers = true) {
    if (tellOthers) this.#channel?.postMessage({ changed: true });
    const counts = await this.counts().catch(() => null);
    if (counts) announce("outbox:changed", { ...counts, connection: this.connection.state });
  }

  /** @param {any} message */
  #heardFromAnotherTab(message) {
    if (message.changed) return void this.#changed(false);
    const { id, verdict, headers, ...answer } = message;
    this.#listeners.get(id)?.(verdict, { ...answer, headers: new Headers(headers) });
    if (verdict === "confirmed" || verdict === "parked") this.#listeners.delete(id);
  }
}

export const outbox = new Outbox();

/**
 * Puts every capture form of the page on the road through the outbox.
 * @param {Document} document
 * @returns {Outbox}
 */
export function installOutbox(document) {
  outbox.install(document);
  return outbox;
}

/** @param {string} name @param {object} detail */
function announce(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

/** What of an answer can be told to another tab. @param {Answer} answer */
function plain({ headers, ...answer }) {
  return { ...answer, headers: [...headers] };
}

/** The sentence of an answer, without its markup. @param {string} html */
function wordsOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const part = page.querySelector("[data-problem], main") ?? page.body;
  return (part.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, LONGEST_TEXT);
}
