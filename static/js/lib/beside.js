/** From the finger to the sheet, so that the place stays in sight. */
const GAP_PX = 28;
const EDGE_PX = 8;

/**
 * Puts an open box beside a point of the window: on the side with more room, never over the point.
 * Where it fits on neither side it lies above or below.
 *
 * @param {HTMLElement} box
 * @param {{x: number, y: number}} point  client px
 */
export function placeBeside(box, point) {
  const { width, height } = box.getBoundingClientRect();
  const { x, y } = besideOf(point, { width, height }, { width: innerWidth, height: innerHeight });
  box.style.left = `${x}px`;
  box.style.top = `${y}px`;
}

/**
 * @param {{x: number, y: number}} point
 * @param {{width: number, height: number}} box
 * @param {{width: number, height: number}} room
 * @returns {{x: number, y: number}} the box's upper left corner
 */
export function besideOf(point, box, room) {
  const clamp = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ all) =>
    Math.max(EDGE_PX, Math.min(at, all - size - EDGE_PX));
  const right = point.x + GAP_PX;
  const left = point.x - GAP_PX - box.width;
  const fitsRight = right + box.width + EDGE_PX <= room.width;
  if (fitsRight || left >= EDGE_PX) {
    return { x: fitsRight ? right : left, y: clamp(point.y - box.height / 2, box.height, room.height) };
  }
  const above = point.y - GAP_PX - box.height;
  const below = point.y + GAP_PX;
  const isUpper = point.y < room.height / 2;
  return {
    x: clamp(point.x - box.width / 2, box.width, room.width),
    y: isUpper ? clamp(below, box.height, room.height) : Math.max(EDGE_PX, above),
  };
}
