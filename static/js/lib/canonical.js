/**
 * Canonical JSON (RFC 8785), so that a hash made here equals the one the server makes.
 *
 * Keep in step with inspect_app/signatures/canonical.py; tests/data/vectors/canonical.json
 * compares them. Stricter than the RFC in one point: a number whose text would be a whole number
 * beyond ±(2^53 − 1) is refused, because it may already have been rounded.
 */

/** From here on a number is written with an exponent, so it never looks like a whole one. */
const FIRST_EXPONENT_NUMBER = 1e21;

/** Objects and lists inside each other. */
const MAX_DEPTH = 64;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** The value has no canonical form; `code` says why (such as LONE_SURROGATE). */
export class NotCanonical extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.name = "NotCanonical";
    this.code = code;
  }
}

/**
 * The one text of a JSON value.
 * @param {unknown} value null, booleans, numbers, strings, arrays and plain objects of those
 * @returns {string}
 * @throws {NotCanonical}
 */
export function canonical(value) {
  return write(value, 0);
}

/**
 * The canonical text as UTF-8 bytes.
 * @param {unknown} value
 * @returns {Uint8Array}
 */
export function canonicalBytes(value) {
  return new TextEncoder().encode(canonical(value));
}

/**
 * SHA-256 of the canonical form, 64 lower-case hex digits.
 * @param {unknown} value
 * @returns {Promise<string>}
 */
export async function sha256Of(value) {
  return sha256Hex(canonicalBytes(value));
}

/**
 * SHA-256 of bytes, 64 lower-case hex digits. Needs a secure context (HTTPS or localhost).
 * @param {BufferSource} bytes
 * @returns {Promise<string>}
 */
export async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @returns {string}
 */
function write(value, depth) {
  if (depth > MAX_DEPTH) throw new NotCanonical("TOO_DEEP");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "string") return writeText(value);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (member) => write(member, depth + 1)).join(",")}]`;
  }
  if (isPlainObject(value)) return writeObject(value, depth);
  throw new NotCanonical("NOT_JSON_VALUE");
}

/**
 * @param {number} number
 * @returns {string}
 */
function writeNumber(number) {
  if (!Number.isFinite(number)) throw new NotCanonical("NOT_FINITE");
  const size = Math.abs(number);
  if (size > Number.MAX_SAFE_INTEGER && size < FIRST_EXPONENT_NUMBER) {
    throw new NotCanonical("NUMBER_TOO_LARGE");
  }
  return String(number); // also turns -0 into 0
}

/**
 * @param {string} text
 * @returns {string}
 */
function writeText(text) {
  if (LONE_SURROGATE.test(text)) throw new NotCanonical("LONE_SURROGATE");
  return JSON.stringify(text);
}

/**
 * @param {Record<string, unknown>} object
 * @param {number} depth
 * @returns {string}
 */
function writeObject(object, depth) {
  // sort() without a comparison goes by UTF-16 code units, as RFC 8785 asks.
  const names = Object.keys(object).sort();
  return `{${names.map((name) => `${writeText(name)}:${write(object[name], depth + 1)}`).join(",")}}`;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isPlainObject(value) {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
