const KEPT_AS = "claim";
/** What held when this page asked last: a page made for who was there before is theirs to the end. @type {Held | null} */
let onThisPage = null;

/**
 * Who took this tablet over without network. It ends as soon as somebody signs in, which is also what
 * a right PIN does once the shop has read it.
 *
 * @typedef {{id: string, person: string, name: string, over: string | null}} Held over: the sign-in
 *   that was there before
 */

/**
 * The taking over that holds now, or null.
 * @param {import("./connection.js").Contact} contact
 * @returns {Held | null}
 */
export function heldBy(contact) {
  try {
    const held = /** @type {Held | null} */ (JSON.parse(localStorage.getItem(KEPT_AS) ?? "null"));
    if (!held || held.over !== (contact.signIn ?? null)) return null;
    return (onThisPage = held);
  } catch {
    return null;
  }
}

/** @param {Held} held */
export function hold(held) {
  localStorage.setItem(KEPT_AS, JSON.stringify(held));
}

/**
 * In whose name something is captured now: who took the tablet over, else whose page this is.
 * @param {import("./connection.js").Contact} contact
 * @returns {{author: string, claim: string}} ids, or ""
 */
export function captor(contact) {
  const held = heldBy(contact) ?? onThisPage;
  if (held) return { author: held.person, claim: held.id };
  return { author: document.documentElement.dataset.person ?? "", claim: "" };
}
