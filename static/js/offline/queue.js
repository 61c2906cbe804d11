/**
 * What goes next and when, and what an answer means. No clock, no network, no store.
 *
 * @typedef {import("./store.js").Entry} Entry
 * @typedef {"confirmed" | "later" | "sign-in" | "parked"} Verdict
 */

/** An entry that the server fails on so often is shown to a person, so that others go on. */
export const MOST_FAILURES = 8;
const LATER = [408, 425, 429];

/**
 * The next entry of a kind: oldest first; a photo only when no small row could go; an entry that
 * names a row or a claim which is still here waits for it.
 * @param {Entry[]} entries in the order of capture
 * @param {"row" | "photo"} kind
 * @returns {Entry | undefined}
 */
export function nextToSend(entries, kind) {
  const ready = entries.filter((entry) => entry.state === "waiting" && !isHeld(entry, entries));
  const row = ready.find((entry) => entry.kind === "row");
  return kind === "row" ? row : row ? undefined : ready.find((entry) => entry.kind === "photo");
}

/**
 * Whether an earlier entry makes a row that this one names: its visit, its claim, a part of its
 * address, a field. A photo is only waited for by what is done to that photo itself, so that a seal that
 * lists photos never waits for them.
 * @param {Entry} entry
 * @param {Entry[]} entries
 */
export function isHeld(entry, entries) {
  return entries.some(
    (earlier) =>
      earlier.row !== null &&
      earlier.id !== entry.id &&
      earlier.row !== entry.row &&
      /** @type {number} */ (earlier.seq) < /** @type {number} */ (entry.seq) &&
      (entry.url.includes(earlier.row) ||
        (earlier.kind === "row" &&
          (entry.visit === earlier.row ||
            entry.claim === earlier.row ||
            entry.fields.some(([, value]) => value === earlier.row)))),
  );
}

/**
 * What the server's answer means for the entry.
 * @param {Entry} entry
 * @param {import("./post.js").Answer} answer
 * @returns {Verdict}
 */
export function verdictOn(entry, answer) {
  const { status } = answer;
  if (status === 401 || isSignIn(answer)) return "sign-in";
  if (status >= 200 && status < 300) return isConfirmed(entry, answer) ? "confirmed" : failed(entry);
  if (LATER.includes(status)) return "later";
  if (status >= 500) return failed(entry);
  return "parked";
}

/**
 * @param {Entry} entry
 * @returns {Verdict}
 */
function failed(entry) {
  return entry.tries + 1 >= MOST_FAILURES ? "parked" : "later";
}

/**
 * The answer names what it has: the hash of a photo, the key of a request. Only a redirect that the
 * browser followed after a plain form carries no key any more.
 * @param {Entry} entry
 * @param {{headers: Headers, redirected: boolean}} answer
 */
function isConfirmed(entry, { headers, redirected }) {
  if (entry.sha256 !== null) return headers.get("X-Photo-Sha256") === entry.sha256;
  return redirected || headers.get("Idempotency-Key") === entry.id;
}

/** @param {{redirected: boolean, url: string}} answer */
function isSignIn({ redirected, url }) {
  return redirected && new URL(url).pathname.startsWith("/sign-in");
}

/**
 * How much is only on this tablet, of one visit or of all.
 * @param {Entry[]} entries
 * @param {string} [visit]
 */
export function countsOf(entries, visit) {
  const ours = visit ? entries.filter((entry) => entry.visit === visit) : entries;
  const waiting = ours.filter((entry) => entry.state === "waiting");
  const photos = waiting.filter((entry) => entry.kind === "photo").length;
  return {
    waiting: waiting.length,
    rows: waiting.length - photos,
    photos,
    parked: ours.length - waiting.length,
  };
}

export const FIRST_MS = 1_000;
export const LONGEST_VISIBLE_MS = 30_000;
export const LONGEST_HIDDEN_MS = 300_000;

/**
 * How long to wait after so many failed passes: 1, 2, 4 … s, with up to a quarter taken off by
 * chance so that tablets do not return all at once.
 * @param {number} failures 1 or more
 * @param {boolean} visible whether somebody looks at the page
 * @param {() => number} [random]
 * @returns {number} milliseconds
 */
export function delayAfter(failures, visible, random = Math.random) {
  const longest = visible ? LONGEST_VISIBLE_MS : LONGEST_HIDDEN_MS;
  const delay = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), longest);
  return Math.round(delay * (1 - random() / 4));
}
