/**
 * What is drawn on a photo, as SVG path data. Keep in step with inspect_app/sheets/strokes.py, so
 * that paper and glass show the same.
 *
 * @typedef {{kind: "arrow" | "circle" | "pen" | "word", colour: 1 | 2, points: [number, number][],
 *   text?: string}} Shape points are fractions 0 to 1 of the upright picture
 */

/** Width of a line as a share of the photo's longer side. */
export const PEN_SHARE = 1 / 130;
/** Length of an arrow's head, in widths of its line. */
const ARROW_HEAD = 5;
const HEAD_TURN = 0.5;

/**
 * @param {Shape} shape
 * @param {number} width of the drawing area
 * @param {number} height
 * @returns {string}
 */
export function pathOf(shape, width, height) {
  const at = shape.points.map(([x, y]) => [x * width, y * height]);
  const [first, last] = [at[0], at[at.length - 1]];
  if (shape.kind === "arrow") return arrow(first, last, Math.max(width, height) * PEN_SHARE);
  if (shape.kind === "circle") return ellipse(first, last);
  return `M${at.map(spot).join("L")}`;
}

/** @param {number[]} tail @param {number[]} tip @param {number} pen */
function arrow(tail, tip, pen) {
  const angle = Math.atan2(tip[1] - tail[1], tip[0] - tail[0]);
  const [one, other] = [-HEAD_TURN, HEAD_TURN].map((turn) =>
    spot([
      tip[0] - pen * ARROW_HEAD * Math.cos(angle + turn),
      tip[1] - pen * ARROW_HEAD * Math.sin(angle + turn),
    ]),
  );
  return `M${spot(tail)}L${spot(tip)}M${one}L${spot(tip)}L${other}`;
}

/** @param {number[]} one @param {number[]} other two corners of its box */
function ellipse(one, other) {
  const rx = Math.abs(one[0] - other[0]) / 2;
  const ry = Math.abs(one[1] - other[1]) / 2;
  const left = spot([Math.min(one[0], other[0]), (one[1] + other[1]) / 2]);
  const half = `a${round(rx)} ${round(ry)} 0 1 0`;
  return `M${left}${half} ${round(rx * 2)} 0${half} ${round(-rx * 2)} 0`;
}

/** @param {number[]} point */
function spot([x, y]) {
  return `${round(x)} ${round(y)}`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
