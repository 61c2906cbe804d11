/**
 * Signature strokes: what signature_pad's `toData()` gives, cleaned and judged.
 *
 * Keep in step with inspect_app/signatures/strokes.py (limits and their reasons stand there);
 * tests/data/vectors/strokes.json compares them.
 *
 * @typedef {{x: number, y: number, time: number, pressure?: number}} PadPoint
 * @typedef {{points: PadPoint[]}} PadGroup
 * @typedef {{width: number, height: number}} Box size of the canvas in CSS px
 * @typedef {[number, number, number, number]} Point x, y (0.1 px), Unix time in ms, pressure
 * @typedef {{width: number, height: number, groups: Point[][]}} Drawing
 */

export const MAX_GROUPS = 200;
export const MAX_POINTS = 20000;
const SMALLEST_SIDE_PX = 50;
const LARGEST_SIDE_PX = 10000;
const OVERSHOOT_PX = 5000;
const EDGE_PX = 5;
const REAL_STROKE_PX = 6;
const BACKWARD_STEP_MS = 60000;
const LATEST_TIME_MS = 253402300799999;

/** The drawing cannot be a signature; `code` is one of strokes.py's. */
export class StrokesRefused extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.name = "StrokesRefused";
    this.code = code;
  }
}

/**
 * Whether somebody has drawn something: one short stroke is enough, taps are not.
 * @param {PadGroup[]} groups
 * @param {Box} box
 * @returns {boolean}
 */
export function isRealMark(groups, box) {
  return strokesProblem(groups, box) === null;
}

/**
 * The code of what is wrong with the drawing, null for a real mark.
 * @param {PadGroup[]} groups
 * @param {Box} box
 * @returns {string | null}
 */
export function strokesProblem(groups, box) {
  try {
    readStrokes(groups, box);
    return null;
  } catch (problem) {
    if (problem instanceof StrokesRefused) return problem.code;
    throw problem;
  }
}

/**
 * The drawing as it stands in the sealed document.
 * @param {PadGroup[]} groups
 * @param {Box} box
 * @returns {Drawing}
 * @throws {StrokesRefused}
 */
export function readStrokes(groups, box) {
  const drawing = cleanStrokes(groups, box);
  const problem = markProblem(drawing);
  if (problem !== null) throw new StrokesRefused(problem);
  return drawing;
}

/**
 * The point groups `fromData()` takes, from the drawing of a sealed document.
 * @param {Drawing} drawing
 * @returns {PadGroup[]}
 */
export function padGroups(drawing) {
  return drawing.groups.map((group) => ({
    points: group.map(([x, y, time, pressure]) => ({ x, y, time, pressure })),
  }));
}

/**
 * The same strokes in a box of another width: a turned tablet keeps what was drawn. One factor
 * for both axes, so the shape stays; give the canvas the same aspect.
 * @param {PadGroup[]} groups
 * @param {Box} from
 * @param {Box} to
 * @returns {PadGroup[]}
 */
export function rescaled(groups, from, to) {
  const factor = Math.min(to.width / from.width, to.height / from.height);
  return groups.map((group) => ({
    ...group,
    points: group.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })),
  }));
}

/**
 * @param {PadGroup[]} groups
 * @param {Box} box
 * @returns {Drawing}
 */
function cleanStrokes(groups, box) {
  const width = side(box.width);
  const height = side(box.height);
  if (!Array.isArray(groups)) throw new StrokesRefused("BAD_SHAPE");
  if (groups.length > MAX_GROUPS) throw new StrokesRefused("TOO_MANY");
  const lists = groups.map(pointsIn);
  if (lists.reduce((count, points) => count + points.length, 0) > MAX_POINTS) {
    throw new StrokesRefused("TOO_MANY");
  }
  const cleaned = lists.map((points) => points.map((point) => cleanPoint(point, width, height)));
  refuseBackwardTime(cleaned.flat().map((point) => point[2]));
  return { width, height, groups: cleaned.filter((group) => group.length > 0) };
}

/**
 * @param {Drawing} drawing
 * @returns {string | null}
 */
function markProblem(drawing) {
  const seen = drawing.groups
    .map((group) => group.filter((point) => isSeen(point, drawing)))
    .filter((group) => group.length > 0);
  if (seen.length === 0) return "BLANK";
  return seen.some(isStroke) ? null : "DOTS_ONLY";
}

/**
 * @param {Point} point
 * @param {Box} box
 */
function isSeen([x, y], box) {
  return x >= -EDGE_PX && x <= box.width + EDGE_PX && y >= -EDGE_PX && y <= box.height + EDGE_PX;
}

/** @param {Point[]} points */
function isStroke(points) {
  const across = extent(points.map((point) => point[0]));
  const down = extent(points.map((point) => point[1]));
  return across * across + down * down >= REAL_STROKE_PX * REAL_STROKE_PX;
}

/** @param {number[]} values */
function extent(values) {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return high - low;
}

/** @param {unknown} value */
function side(value) {
  if (!isNumber(value) || value < SMALLEST_SIDE_PX || value > LARGEST_SIDE_PX) {
    throw new StrokesRefused("BAD_BOX");
  }
  return rounded(value, 10);
}

/**
 * @param {unknown} group
 * @returns {PadPoint[]}
 */
function pointsIn(group) {
  const points = isObject(group) ? group.points : null;
  if (!Array.isArray(points)) throw new StrokesRefused("BAD_SHAPE");
  return points;
}

/**
 * @param {unknown} point
 * @param {number} width
 * @param {number} height
 * @returns {Point}
 */
function cleanPoint(point, width, height) {
  if (!isObject(point)) throw new StrokesRefused("BAD_SHAPE");
  const { x, y, time, pressure = 0 } = point;
  if (!isNumber(x) || !isNumber(y) || !isNumber(time) || !isNumber(pressure)) {
    throw new StrokesRefused("BAD_SHAPE");
  }
  const inReach = isNear(x, width) && isNear(y, height);
  if (!inReach || time < 0 || time > LATEST_TIME_MS || pressure < 0 || pressure > 1) {
    throw new StrokesRefused("OUT_OF_RANGE");
  }
  return [rounded(x, 10), rounded(y, 10), Math.floor(time + 0.5), rounded(pressure, 100)];
}

/**
 * @param {number} value
 * @param {number} length
 */
function isNear(value, length) {
  return value >= -OVERSHOOT_PX && value <= length + OVERSHOOT_PX;
}

/** @param {number[]} times */
function refuseBackwardTime(times) {
  if (times.some((time, index) => index > 0 && time < times[index - 1] - BACKWARD_STEP_MS)) {
    throw new StrokesRefused("TIME_BACKWARDS");
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/**
 * @param {number} value
 * @param {number} perUnit
 */
function rounded(value, perUnit) {
  return Math.floor(value * perUnit + 0.5) / perUnit;
}
