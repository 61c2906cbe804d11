/** A scanner's keys follow each other faster than a person's. */
const GAP_MS = 60;
/** Some send in pieces over the air; nobody types an address of ours by hand. */
const GAP_IN_ADDRESS_MS = 500;
const ADDRESS = /^HTTPS?:/i;
/** Shorter bursts may be a fast hand. */
const LEAST_KEYS = 6;
/** A code of ours is complete as soon as its token is: two scans without Enter stay two. */
const COMPLETE = /^HTTPS?:\/\/[A-Z0-9.:-]+\/K\/[A-Z2-7]{16}$/i;
/** What a key of a US layout writes, for keyboards set to Korean or Chinese input. */
const BY_KEY = {
  Slash: ["/", "?"], Period: [".", ">"], Minus: ["-", "_"], Semicolon: [";", ":"], Space: [" ", " "],
};

/**
 * A hand-held scanner that types: finds codes among key strokes by their speed.
 */
export class Wedge {
  #text = "";
  #at = -Infinity;
  #doneAt = -Infinity;

  /** Whether the strokes so far come from a scanner. */
  get isScanning() {
    return this.#text.length >= LEAST_KEYS;
  }

  /** How many characters of this burst there are. */
  get length() {
    return this.#text.length;
  }

  /**
   * One key stroke. Answers the code that it completes, "" where it only ends one, else null.
   * @param {{key: string, code: string, shiftKey?: boolean, isComposing?: boolean}} stroke
   * @param {number} now ms
   * @returns {string | null}
   */
  key(stroke, now) {
    if (stroke.key === "Enter" || stroke.key === "Tab") {
      if (now - this.#doneAt <= GAP_MS && !this.#text) return "";
      return now - this.#at <= this.#gap && this.isScanning ? this.#take(now) : this.#forget();
    }
    const sign = signOf(stroke);
    if (sign === "") return null;
    if (now - this.#at > this.#gap) this.#text = "";
    this.#text += sign;
    this.#at = now;
    return COMPLETE.test(this.#text) ? this.#take(now) : null;
  }

  /** No key came for a while: the code of a scanner that sends no Enter. @param {number} now ms */
  pause(now) {
    if (now - this.#at <= this.#gap) return null;
    return this.isScanning ? this.#take(now) : this.#forget();
  }

  get #gap() {
    return ADDRESS.test(this.#text) ? GAP_IN_ADDRESS_MS : GAP_MS;
  }

  /** How long to wait for the next key before `pause` is asked, in ms. */
  get patience() {
    return this.#gap + 30;
  }

  /** @param {number} now */
  #take(now) {
    const code = this.#text;
    this.#text = "";
    this.#doneAt = now;
    return code;
  }

  #forget() {
    this.#text = "";
    return null;
  }
}

/** @param {{key: string, code: string, shiftKey?: boolean}} stroke */
function signOf({ key, code, shiftKey = false }) {
  if (key.length === 1 && key >= " " && key <= "~") return key;
  if (["Shift", "CapsLock", "Control", "Alt", "Meta"].includes(key)) return "";
  if (/^Key[A-Z]$/.test(code)) return code[3];
  if (/^(Digit|Numpad)\d$/.test(code)) return code.at(-1) ?? "";
  const pair = BY_KEY[/** @type {keyof typeof BY_KEY} */ (code)];
  return pair ? pair[shiftKey ? 1 : 0] : "";
}
