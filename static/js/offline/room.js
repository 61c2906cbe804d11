/** A photo as it is sent takes half a megabyte; one in its original size may take eight. */
const PHOTO_BYTES = 600_000;
const ORIGINAL_BYTES = 8_000_000;
/** So many photos are half a walk-around: time to send what is here first. */
const FEW_PHOTOS = 12;

/**
 * Whether this tablet can keep more photos, asked before one is taken. Where the browser does not
 * say, there is room.
 * @param {boolean} isOriginal whether photos are sent in their own size
 * @returns {Promise<"enough" | "short" | "none">}
 */
export async function roomFor(isOriginal) {
  const said = await navigator.storage?.estimate?.().catch(() => null);
  if (!said?.quota) return "enough";
  const left = said.quota - (said.usage ?? 0);
  const photos = Math.floor(left / (isOriginal ? ORIGINAL_BYTES : PHOTO_BYTES));
  return photos < 1 ? "none" : photos < FEW_PHOTOS ? "short" : "enough";
}
