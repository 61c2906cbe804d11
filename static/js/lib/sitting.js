/**
 * A statement as it stands on the glass: the server's own, with the customer's answers and the photos
 * that are still on this tablet. Keep in step with inspect_app/signatures/pages.py (`slots`).
 *
 * @typedef {{code: string, line: number, kind: "view" | "choice" | "photos", mark: string, key: string, words: Record<string, string>}} Slot
 *   a line that the tablet fills: by the view of a mark, the answer to a question, or with the number
 *   of photos in place of `{n}`
 * @typedef {{code: string, id: string, sha256: string}} PhotoUnderWay
 * @typedef {(slot: Slot, otherwise: string) => string} AnswerTo
 */

const COUNT_SLOT = "{n}";

/**
 * @param {Slot} slot
 * @param {AnswerTo} answerTo
 * @param {number} photoCount
 * @returns {string}
 */
export function wordsOf(slot, answerTo, photoCount) {
  if (slot.kind === "photos") return slot.words[COUNT_SLOT].replace(COUNT_SLOT, String(photoCount));
  return slot.words[answerTo(slot, "")];
}

/**
 * @param {any} statement the server's own
 * @param {Slot[]} slots of all statements
 * @param {AnswerTo} answerTo
 * @param {PhotoUnderWay[]} underWay
 */
export function asShown({ code, title, words, facts, photos }, slots, answerTo, underWay) {
  const known = new Set(photos.map((/** @type {any} */ photo) => photo.id));
  const more = underWay.filter((photo) => photo.code === code && !known.has(photo.id));
  const all = [...photos, ...more.map(({ id, sha256 }) => ({ id, sha256 }))];
  const lines = [...words];
  const now = structuredClone(facts);
  for (const slot of slots) {
    if (slot.code !== code) continue;
    lines[slot.line] = wordsOf(slot, answerTo, all.length);
    if (slot.kind === "choice") now.answers[slot.key] = answerTo(slot, now.answers[slot.key] ?? "");
    const mark = slot.kind === "view" && now.marks.find((/** @type {any} */ one) => one.id === slot.mark);
    if (mark) mark.customer_view = answerTo(slot, mark.customer_view);
  }
  return { code, title, words: lines, facts: now, photos: all };
}
