/**
 * Plain geometry for fingers on drawings, gauges and photos.
 *
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** @param {Point} one @param {Point} other */
export function distance(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** @param {Point} one @param {Point} other @returns {Point} */
export function middle(one, other) {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

/**
 * Where in a box a point lies, as fractions 0 to 1, right and down; four decimals are finer than
 * any finger.
 * @param {Point} point
 * @param {Box} box
 * @returns {Point}
 */
export function fractionIn(point, box) {
  const part = (/** @type {number} */ offset, /** @type {number} */ length) =>
    Math.round(clamp(offset / length, 0, 1) * 10_000) / 10_000;
  return { x: part(point.x - box.x, box.width), y: part(point.y - box.y, box.height) };
}

/**
 * The whole drawing seen at a zoom, inside its edges.
 * @param {Box} whole
 * @param {number} zoom 1 shows all
 * @param {Point} at a point of the drawing
 * @param {Point} [place] where that point shall stand in the window, as fractions
 * @returns {Box}
 */
export function windowOn(whole, zoom, at, place = { x: 0.5, y: 0.5 }) {
  const width = whole.width / zoom;
  const height = whole.height / zoom;
  return {
    x: clamp(at.x - place.x * width, whole.x, whole.x + whole.width - width),
    y: clamp(at.y - place.y * height, whole.y, whole.y + whole.height - height),
    width,
    height,
  };
}

/**
 * Points around a centre, for feeling what a fingertip covers: the centre, then outward.
 * @param {Point} centre
 * @param {number} radius
 * @returns {{x: number, y: number, away: number}[]}
 */
export function fingertip(centre, radius) {
  const points = [{ ...centre, away: 0 }];
  for (const away of [radius / 3, (radius * 2) / 3, radius]) {
    for (let turn = 0; turn < 12; turn += 1) {
      const angle = (turn * Math.PI) / 6;
      points.push({
        x: centre.x + away * Math.cos(angle),
        y: centre.y + away * Math.sin(angle),
        away,
      });
    }
  }
  return points;
}

/**
 * The angle of a point seen from a pivot, in degrees: 0 up, growing clockwise, -180 to 180.
 * @param {Point} pivot
 * @param {Point} point
 */
export function bearing(pivot, point) {
  return (Math.atan2(point.x - pivot.x, pivot.y - point.y) * 180) / Math.PI;
}

/**
 * The value a needle points at, snapped to whole steps of a scale.
 * @param {number} angle degrees
 * @param {number} from angle of 0
 * @param {number} to angle of `steps`
 * @param {number} steps
 */
export function valueAt(angle, from, to, steps) {
  return Math.round(clamp((angle - from) / (to - from), 0, 1) * steps);
}

/**
 * A line of the pen with fewer points: none nearer than `nearest` to the one before; the ends stay.
 * @param {Point[]} points
 * @param {number} nearest
 * @returns {Point[]}
 */
export function thinned(points, nearest) {
  const kept = points.slice(0, 1);
  for (const point of points.slice(1, -1)) {
    if (distance(kept[kept.length - 1], point) >= nearest) kept.push(point);
  }
  return points.length > 1 ? [...kept, points[points.length - 1]] : kept;
}
