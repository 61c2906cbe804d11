/** Moments, days and spans as the shop's code knows them; a moment may look at the clock of a zone. */

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export const UTC = "UTC";

/** A stretch of time, in milliseconds. */
export class Span {
  constructor(ms) {
    this.ms = ms;
  }

  valueOf() {
    return this.ms;
  }

  keyed() {
    return `span${this.ms}`;
  }

  plus(other) {
    return other instanceof Span ? new Span(this.ms + other.ms) : other.plus(this);
  }

  minus(other) {
    return new Span(this.ms - other.ms);
  }

  times(number) {
    return new Span(this.ms * number);
  }

  total_seconds() {
    return this.ms / 1000;
  }

  get days() {
    return Math.floor(this.ms / 86_400_000);
  }
}

/** A time of day. */
export class Clock {
  constructor(hour = 0, minute = 0) {
    Object.assign(this, { hour, minute });
  }

  valueOf() {
    return this.hour * 60 + this.minute;
  }

  keyed() {
    return `clock${this.valueOf()}`;
  }

  isoformat() {
    return `${pad(this.hour)}:${pad(this.minute)}:00`;
  }

  strftime(form) {
    return written(form, { year: 0, month: 0, day: 0, hour: this.hour, minute: this.minute });
  }
}

/** A day of the calendar. */
export class Day {
  constructor(year, month, day) {
    Object.assign(this, { year, month, day });
  }

  valueOf() {
    return Date.UTC(this.year, this.month - 1, this.day);
  }

  keyed() {
    return `day${this.valueOf()}`;
  }

  plus(span) {
    return dayOf(this.valueOf() + span.ms);
  }

  minus(other) {
    return other instanceof Span ? dayOf(this.valueOf() - other.ms) : new Span(this.valueOf() - other.valueOf());
  }

  replace({ year = this.year, month = this.month, day: of = this.day }) {
    return new Day(year, month, of);
  }

  weekday() {
    return (new Date(this.valueOf()).getUTCDay() + 6) % 7;
  }

  isoformat() {
    return `${pad(this.year, 4)}-${pad(this.month)}-${pad(this.day)}`;
  }

  strftime(form) {
    return written(form, { year: this.year, month: this.month, day: this.day, hour: 0, minute: 0 });
  }

  toString() {
    return this.isoformat();
  }
}

/** A moment; `ms` since 1970, with a part behind the point where microseconds were given. */
export class Moment {
  constructor(ms, zone = UTC) {
    Object.assign(this, { ms, zone });
  }

  /** The moment at which the clock of a zone shows this. */
  static local(on, at, zone) {
    const shown = Date.UTC(on.year, on.month - 1, on.day, at.hour, at.minute);
    let ms = shown;
    for (let round = 0; round < 2; round += 1) ms += shown - shownAt(ms, zone);
    return new Moment(ms, zone);
  }

  get tzinfo() {
    return this.zone;
  }

  valueOf() {
    return this.ms;
  }

  keyed() {
    return `moment${this.ms}`;
  }

  plus(span) {
    return new Moment(this.ms + span.ms, this.zone);
  }

  minus(other) {
    return other instanceof Span ? new Moment(this.ms - other.ms, this.zone) : new Span(this.ms - other.ms);
  }

  astimezone(zone) {
    return new Moment(this.ms, zone);
  }

  /** The same moment with other figures on the clock of its zone. */
  replace(change) {
    const shown = new Date(shownAt(this.ms, this.zone));
    const { hour = shown.getUTCHours(), minute = shown.getUTCMinutes(), tzinfo = this.zone } = change;
    const on = dayOf(shown.getTime()).replace(change);
    const rest = "second" in change || "microsecond" in change ? 0 : shown.getTime() % 60_000;
    const found = Moment.local(on, new Clock(hour, minute), tzinfo ?? UTC);
    return new Moment(found.ms + rest, tzinfo ?? UTC);
  }

  time() {
    const shown = new Date(shownAt(this.ms, this.zone));
    return new Clock(shown.getUTCHours(), shown.getUTCMinutes());
  }

  weekday() {
    return this.date().weekday();
  }

  date() {
    return dayOf(shownAt(this.ms, this.zone));
  }

  get year() {
    return this.date().year;
  }

  isoformat() {
    return `${new Date(this.ms).toISOString().slice(0, -1)}+00:00`;
  }

  strftime(form) {
    const shown = new Date(shownAt(this.ms, this.zone));
    return written(form, {
      year: shown.getUTCFullYear(),
      month: shown.getUTCMonth() + 1,
      day: shown.getUTCDate(),
      hour: shown.getUTCHours(),
      minute: shown.getUTCMinutes(),
    });
  }

  toString() {
    return this.isoformat();
  }
}

/** @param {string} text @returns {Moment | null} */
export function moment(text) {
  const found = ISO.exec(text);
  if (!found) return null;
  const [, year, month, of, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = found;
  const whole = Date.UTC(+year, month - 1, +of, +hour, +minute, +second);
  if (!exists(+year, +month, +of) || +hour > 23 || +minute > 59 || +second > 59) return null;
  const micros = Number(fraction.padEnd(6, "0").slice(0, 6)) / 1000;
  const shift = zone === "Z" ? 0 : (zone[0] === "-" ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  return new Moment(whole + micros - shift * 60_000);
}

/** @param {string} text @returns {Day | null} */
export function day(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const [year, month, of] = found.slice(1).map(Number);
  return exists(year, month, of) ? new Day(year, month, of) : null;
}

function exists(year, month, of) {
  const made = new Date(Date.UTC(year, month - 1, of));
  return year > 0 && made.getUTCMonth() === month - 1 && made.getUTCDate() === of;
}

function dayOf(ms) {
  const at = new Date(ms);
  return new Day(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

const clocks = new Map();

/** What the clock of a zone shows, as if it were UTC. */
function shownAt(ms, zone) {
  if (zone === UTC) return ms;
  if (!clocks.has(zone)) {
    clocks.set(
      zone,
      new Intl.DateTimeFormat("en-US", {
        timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
        hour: "numeric", minute: "numeric", second: "numeric",
      }),
    );
  }
  const parts = Object.fromEntries(clocks.get(zone).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const second = Math.floor(ms / 1000) * 1000;
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) + (ms - second);
}

function written(form, { year, month, day: of, hour, minute }) {
  const parts = { Y: pad(year, 4), y: pad(year % 100), m: pad(month), d: pad(of), H: pad(hour), M: pad(minute) };
  return form.replace(/%([YymdHM])/g, (_all, letter) => parts[letter]);
}

function pad(number, digits = 2) {
  return String(number).padStart(digits, "0");
}
