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
