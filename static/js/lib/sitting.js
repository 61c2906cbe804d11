/**
 * A statement as it stands on the glass: the server's own, with the customer's views and the photos
 * that are still on this tablet. Keep in step with inspect_app/signatures/pages.py (`slots`).
 *
 * @typedef {{code: string, line: number, kind: "view" | "photos", mark: string, words: Record<string, string>}} Slot
 *   a line that the tablet fills: by view, or with the number of photos in place of `{n}`
 * @typedef {{code: string, id: string, sha256: string}} PhotoUnderWay
 * @typedef {(mark: string, otherwise: string) => string} ViewOf
 */

const COUNT_SLOT = "{n}";

/**
 * @param {Slot} slot
 * @param {ViewOf} viewOf
 * @param {number} photoCount
 * @returns {string}
 */
export function wordsOf(slot, viewOf, photoCount) {
  if (slot.kind === "photos") return slot.words[COUNT_SLOT].replace(COUNT_SLOT, String(photoCount));
  return slot.words[viewOf(slot.mark, "")];
}

/**
 * @param {any} statement the server's own
 * @param {Slot[]} slots of all statements
 * @param {ViewOf} viewOf
 * @param {PhotoUnderWay[]} underWay
 */
export function asShown({ code, title, words, facts, photos }, slots, viewOf, underWay) {
  const known = new Set(photos.map((/** @type {any} */ photo) => photo.id));
  const more = underWay.filter((photo) => photo.code === code && !known.has(photo.id));
  const all = [...photos, ...more.map(({ id, sha256 }) => ({ id, sha256 }))];
  const lines = [...words];
  for (const slot of slots) {
    if (slot.code === code) lines[slot.line] = wordsOf(slot, viewOf, all.length);
  }
  const now = structuredClone(facts);
  for (const mark of now.marks ?? []) mark.customer_view = viewOf(mark.id, mark.customer_view);
  return { code, title, words: lines, facts: now, photos: all };
}
