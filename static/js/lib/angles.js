/**
 * The guided set of photos, once around the car: four corners, four sides, then plate, dashboard
 * and boot. Keep in step with inspect_app/photos/rules.py.
 *
 * @type {readonly string[]}
 */
export const ANGLES = Object.freeze([
  "front_left",
  "front",
  "front_right",
  "right",
  "rear_right",
  "rear",
  "rear_left",
  "left",
  "plate",
  "dashboard",
  "boot",
]);

/** The angle of a photo outside the guided set. */
export const FREE_ANGLE = "free";

/**
 * The first angle after `after` that is not taken yet, around the car; `free` once all are.
 *
 * @param {Iterable<string>} taken
 * @param {string | null} [after]
 * @returns {string}
 */
export function nextAngle(taken, after = null) {
  const done = new Set(taken);
  const start = after === null ? 0 : ANGLES.indexOf(after) + 1;
  const around = [...ANGLES.slice(start), ...ANGLES.slice(0, start)];
  return around.find((angle) => !done.has(angle)) ?? FREE_ANGLE;
}
