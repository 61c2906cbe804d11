/**
 * What the tablet is given ahead for a time without network: numbers of tags, hooks and boxes that it
 * holds, the names of the staff, and the key that only the shop can open.
 *
 * @typedef {{tags: number[], slots: string[], boxes: string[], ends_at: string | null, key: string,
 *   people: {id: string, name: string}[]}} Ahead
 */

const KEPT_AS = "ahead";
const FRESH_MS = 30 * 60 * 1000;

/** What was given last. @returns {Ahead | null} */
export function ahead() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? "null")?.given ?? null;
  } catch {
    return null;
  }
}

/**
 * Asks the shop again where the last answer is half an hour old.
 * @param {import("./connection.js").Connection} connection
 */
export async function askAhead(connection) {
  navigator.storage?.persist?.().catch(() => false);
  if (connection.state === "away" || Date.now() - askedAt() < FRESH_MS) return;
  const response = await fetch("/reservations", { method: "POST", mode: "same-origin" }).catch(() => null);
  if (!response?.ok) return;
  localStorage.setItem(KEPT_AS, JSON.stringify({ at: Date.now(), given: await response.json() }));
}

/**
 * Takes a number out of the block: the next call gives another one.
 * @param {"tags" | "slots" | "boxes"} kind
 * @returns {string | null} null where the tablet holds none any more
 */
export function takeHeld(kind) {
  const given = ahead();
  const next = given?.[kind].shift();
  if (!given || next === undefined) return null;
  localStorage.setItem(KEPT_AS, JSON.stringify({ at: askedAt(), given }));
  return String(next);
}

function askedAt() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? "null")?.at ?? 0;
  } catch {
    return 0;
  }
}
