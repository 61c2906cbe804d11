/** @type {Map<string, Promise<string>>} drawings already fetched */
const fetched = new Map();

/**
 * A drawing of our own, ready to stand in the page; null where it cannot be had.
 * @param {string} src
 * @returns {Promise<SVGSVGElement | null>}
 */
export async function drawingAt(src) {
  const text = await textOf(src);
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = document.importNode(documentElement, true);
  return svg instanceof SVGSVGElement ? svg : null;
}

/** @param {string} src @returns {Promise<string>} "" where it failed; asked again the next time */
async function textOf(src) {
  const asked = fetched.get(src) ?? fetch(src).then((response) => (response.ok ? response.text() : ""));
  fetched.set(src, asked);
  const text = await asked.catch(() => "");
  if (!text) fetched.delete(src);
  return text;
}
