/**
 * Words, times and amounts in the language and the zone of the moment, as inspect_app/i18n.py says them.
 */
import { canonicalBytes } from "../lib/canonical.js";
import { sha256Hex } from "./hash.js";
import * as py from "./py.js";

/**
 * What the shop gave this tablet.
 * @type {{messages: Record<string, Record<string, string[]>>, plurals: Record<string, string>,
 *   money: Record<string, {pattern: string, digits: number, sign: string}>}}
 */
let book = { messages: {}, plurals: {}, money: {} };
let language = "en";
let timezone = "UTC";
let currency = "KRW";

export function open(given) {
  book = given;
}

/** @param {{locale?: string, timezone?: string, currency?: string}} of */
export function speak(of) {
  language = of.locale ?? language;
  timezone = of.timezone ?? timezone;
  currency = of.currency ?? currency;
}

export const locale = () => language;
export const zone = () => timezone;

/** For `with in_language(…)`. */
export function force_locale(wanted) {
  let before = language;
  return {
    enter() {
      before = language;
      language = String(wanted);
      return this;
    },
    leave() {
      language = before;
    },
  };
}

/** Runs something in a language. */
export function inLanguage(wanted, run) {
  const before = language;
  language = wanted;
  try {
    return run();
  } finally {
    language = before;
  }
}

function said(text) {
  return book.messages[language]?.[text]?.[0] || text;
}

/** @param {string} text @param {Record<string, unknown>} given */
export function filled(text, given) {
  return text.replace(/%\((\w+)\)[sd]|%%/g, (all, name) => (name ? String(given[name] ?? "") : "%"));
}

export const gettext = Object.assign((text) => said(text), {
  call_: ([text], given) => filled(said(text), given),
});

export const ngettext = Object.assign((one, many, n) => ngettext.call_([one, many, n], {}), {
  call_([one, many, n], given) {
    const forms = book.messages[language]?.[one];
    const text = forms?.length > 1 ? forms[n === 1 ? 0 : 1] : (forms?.[0] ?? (n === 1 ? one : many));
    return filled(text, { num: n, n, ...given });
  },
});

/** A sentence that is said in the language in which it is read. */
class Lazy {
  isLazy = true;

  constructor(text, given) {
    Object.assign(this, { text, given });
  }

  toString() {
    return Object.keys(this.given).length > 0 ? filled(said(this.text), this.given) : said(this.text);
  }
}

export const lazy = (text, given = {}) => new Lazy(text, given);
export const lazy_gettext = Object.assign((text) => lazy(text), { call_: ([text], given) => lazy(text, given) });

// Times and amounts --------------------------------------------------------------------------

export const clock = (at) => (at ? at.astimezone(timezone).strftime("%H:%M") : "");
export const moment = (at) => (at ? at.astimezone(timezone).strftime("%Y-%m-%d %H:%M") : "");
export const day = (at) => (at ? (at.astimezone ? at.astimezone(timezone).date() : at).isoformat() : "");
export const weekday = (at) => book.weekdays[language][(at.astimezone ? at.astimezone(timezone).date() : at).weekday()];
export const local_input = (at) => (at ? at.astimezone(timezone).strftime("%Y-%m-%dT%H:%M") : "");

export function read_local(text) {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(text);
  const on = found && py.day(found[1]);
  if (!on || +found[2] > 23 || +found[3] > 59) throw new py.ValueError_(text);
  return py.Moment.local(on, new py.Clock(+found[2], +found[3]), timezone).astimezone("UTC");
}

const form = (code) => book.money[`${language}:${code}`] ?? { positive: `${code} {}`, negative: `-${code} {}`, digits: 0 };

export const minor_digits = (code) => form(code).digits;

/** Whole minor units as people of this language write them. */
export function money(amount, of = null) {
  if (amount === null || amount === undefined) return "";
  const { positive, negative, digits } = form(of ?? currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  const whole = (digits ? text.slice(0, -digits) : text).replace(/\B(?=(\d{3})+$)/g, ",");
  const figure = digits ? `${whole}.${text.slice(-digits)}` : whole;
  return (amount < 0 ? negative : positive).replace("{}", figure);
}

/** A moment as sealed documents have it; parts of a millisecond are cut off. */
export const iso_ms = (at) => new Date(Math.floor(at.ms)).toISOString();

/** SHA-256 of the canonical form, as inspect_app/signatures/canonical.py makes it. */
export function sha256_of(value) {
  return sha256Hex(canonicalBytes(py.data(value)));
}
