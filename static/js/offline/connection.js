const PROBE_MS = 5_000;
const FRESH_MS = 600_000;
const KEPT_AS = "connection";

/**
 * Online is what `GET /connection` says, never `navigator.onLine`. It also measures the clock.
 *
 * @typedef {{offset: number, person: string | null, signIn?: string | null, tablet?: string | null,
 *   at: number}} Contact offset: milliseconds to add to this tablet's clock; signIn: who is signed in
 *   since when, as one name; at: the last contact by this tablet's clock
 */
export class Connection extends EventTarget {
  /** "unknown" until first asked. @type {"unknown" | "online" | "away"} */
  state = "unknown";

  /** The last answer, kept over page loads. @returns {Contact} */
  get contact() {
    try {
      return JSON.parse(localStorage.getItem(KEPT_AS)) ?? NO_CONTACT;
    } catch {
      return NO_CONTACT;
    }
  }

  /** Whether the clock was compared lately. */
  get isFresh() {
    return Math.abs(Date.now() - this.contact.at) < FRESH_MS;
  }

  /**
   * Asks the server.
   * @returns {Promise<boolean>} whether it answered, with its own words
   */
  async check() {
    const asked = Date.now();
    try {
      const response = await fetch("/connection", {
        cache: "no-store",
        signal: AbortSignal.timeout(PROBE_MS),
      });
      const answer = await response.json();
      if (answer.ok !== true) throw new TypeError("not our server");
      const answered = Date.now();
      const offset = Math.round(Date.parse(answer.now) - (asked + answered) / 2) || 0;
      const { person = null, sign_in: signIn = null, tablet = null } = answer;
      keep({ offset, person, signIn, tablet: tablet ?? this.contact.tablet, at: answered });
      this.found(true);
    } catch {
      this.found(false);
    }
    return this.state === "online";
  }

  /** Any request may notice it first. @param {boolean} online */
  found(online) {
    const state = online ? "online" : "away";
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("changed"));
  }
}

/** @type {Contact} */
const NO_CONTACT = { offset: 0, person: null, at: 0 };

/** @param {Contact} contact */
function keep(contact) {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(contact));
  } catch {
    // A full or refused storage costs one more question at the next page, nothing else.
  }
}
