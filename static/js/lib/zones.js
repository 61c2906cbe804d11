import { fingertip } from "./geometry.js";

/** What a fingertip covers, in CSS px from its centre. */
export const FINGERTIP_PX = 22;

/**
 * Zones under a fingertip, nearest first. What lies at the very point comes first; others only
 * where a zone is too small to be hit for sure.
 * @param {SVGSVGElement | null} svg
 * @param {{x: number, y: number}} at client px
 * @returns {string[]}
 */
export function zonesAt(svg, at) {
  /** @type {Map<string, {away: number, isSmall: boolean}>} */
  const found = new Map();
  for (const { away, ...point } of fingertip(at, FINGERTIP_PX)) {
    for (const element of document.elementsFromPoint(point.x, point.y)) {
      const shape = element.closest("[data-zone]");
      if (!shape || !svg?.contains(shape)) continue;
      const zone = /** @type {SVGElement} */ (shape).dataset.zone ?? "";
      if (!found.has(zone)) found.set(zone, { away, isSmall: isSmall(shape) });
      break;
    }
  }
  const [first, ...rest] = [...found];
  if (!first) return [];
  const rivals = rest.filter(([, near]) => near.isSmall || first[1].isSmall);
  return [first, ...rivals].map(([zone]) => zone);
}

/** @param {Element} shape */
export function centreOf(shape) {
  const box = shape.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** @param {Element} shape */
function isSmall(shape) {
  const { width, height } = shape.getBoundingClientRect();
  return Math.min(width, height) < FINGERTIP_PX * 2;
}

/**
 * The next zone in a direction, for the arrow keys.
 * @template {{code: string, at: {x: number, y: number}}} Zone
 * @param {Zone} here
 * @param {Zone[]} zones
 * @param {number[]} way
 * @returns {Zone | undefined}
 */
export function nearestThatWay(here, zones, [right, down]) {
  const cost = ({ at }) => {
    const along = (at.x - here.at.x) * right + (at.y - here.at.y) * down;
    const aside = Math.abs((at.x - here.at.x) * down) + Math.abs((at.y - here.at.y) * right);
    return along > 1 ? along + aside * 2 : Infinity;
  };
  return zones
    .filter((zone) => zone.code !== here.code && cost(zone) < Infinity)
    .sort((one, other) => cost(one) - cost(other))[0];
}
