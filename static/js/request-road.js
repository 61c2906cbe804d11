/**
 * The road an htmx request takes. Without the outbox it is plain fetch; offline/outbox.js opens its
 * own road for the forms marked data-outbox, and htmx swaps whatever Response that road hands back.
 *
 * @callback Road
 * @param {string} url
 * @param {RequestInit} request
 * @param {Element} source the element that asked
 * @returns {Promise<Response>}
 */

/** @type {Map<string, Road>} */
const roads = new Map();

/**
 * Sends requests of elements inside `selector` through `road`.
 * @param {string} selector
 * @param {Road} road
 */
export function openRoad(selector, road) {
  roads.set(selector, road);
}

/**
 * @param {Element} source
 * @returns {Road | undefined} undefined where plain fetch does
 */
export function roadFor(source) {
  for (const [selector, road] of roads) if (source.closest?.(selector)) return road;
  return undefined;
}
