/**
 * What the shop's translated functions expect of Python: truth, equality, its collections, and the
 * methods of its built-in kinds. Only what they use is here; inspect_app/offline/code.py says under
 * which name. Texts, whole numbers and ids are JavaScript's own; tuples and lists are arrays.
 */
import { sha1Hex } from "./hash.js";
import { Clock, Day, Moment, Span, UTC, moment, day } from "./time.js";

export { Clock, Day, Moment, Span, UTC, day, moment };

/** The parent of translated classes. */
export class Thing {
  constructor(...given) {
    this.init(...given);
  }

  init() {}
}

/** The parent of translated exceptions. */
export class Fault extends Error {
  constructor(...given) {
    super();
    this.init(...given);
  }

  init(said = "") {
    this.message = String(said);
  }
}

export class ValueError_ extends Fault {}
export class TypeError_ extends Fault {}
export class KeyError_ extends Fault {}
export class OverflowError_ extends Fault {}
export class RecursionError_ extends Fault {}
export class IntegrityError extends Fault {}

/** @param {unknown} fault @param {any} kinds */
export function is_fault(fault, kinds) {
  return (Array.isArray(kinds) ? kinds : [kinds]).some((kind) => fault instanceof kind);
}

/** `raise` of a class or of one that was made. */
export function raised(fault) {
  return typeof fault === "function" ? new fault() : fault;
}

/** What an expression gives, once. */
export function once(make) {
  let made;
  return () => (made ??= { value: make() }).value;
}

/** One of Python's names for a class. */
export function title(cls) {
  return cls?.title ?? cls?.name ?? "";
}

/** A cached property: what was made once stands on the thing itself. */
export function keep(thing, name, make) {
  const value = make();
  Object.defineProperty(thing, name, { value });
  return value;
}

/** `__dict__`: what stands on a thing itself. */
export function own(thing) {
  return {
    contains: (name) => Object.hasOwn(thing, name),
    set: (name, value) => Object.defineProperty(thing, name, { value }),
  };
}

// Truth and equality -------------------------------------------------------------------------

export function t(value) {
  if (value === null || value === undefined || value === false || value === 0 || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof PyDict || value instanceof PySet) return value.size > 0;
  if (value.isSafe) return value.text !== "";
  return typeof value.bool_ === "function" ? value.bool_() : true;
}

export function and(left, right) {
  return t(left) ? right() : left;
}

export function or(left, right) {
  return t(left) ? left : right();
}

export function is(left, right) {
  return (left ?? null) === (right ?? null);
}

export function eq(left, right) {
  if (left?.isExpression || right?.isExpression) return (left?.isExpression ? left : right).compared("eq", left, right);
  if (left === right) return true;
  if (left === null || left === undefined || right === null || right === undefined) return is(left, right);
  if (typeof left !== "object" || typeof right !== "object") {
    if (left.isSafe || right.isSafe || left.isLazy || right.isLazy) return String(left) === String(right);
    return typeof left === "boolean" || typeof right === "boolean" ? Number(left) === Number(right) : false;
  }
  if (left.isRow || right.isRow) return false;
  return keyOf(left) === keyOf(right);
}

export function ne(left, right) {
  const same = eq(left, right);
  return same?.isExpression ? same.opposite() : !same;
}

export function lt(left, right) {
  if (left?.isExpression || right?.isExpression) return (left?.isExpression ? left : right).compared("lt", left, right);
  if (left instanceof PySet) return left.size < right.size && left.issubset(right);
  if (Array.isArray(left)) return order(left, right) < 0;
  return left < right;
}

export function le(left, right) {
  if (left?.isExpression || right?.isExpression) return (left?.isExpression ? left : right).compared("le", left, right);
  if (left instanceof PySet) return left.issubset(right);
  if (Array.isArray(left)) return order(left, right) <= 0;
  return left <= right;
}

/** Python's order of two values, text by code points as in Python. */
export function order(left, right) {
  if (Array.isArray(left)) {
    for (let place = 0; place < Math.min(left.length, right.length); place += 1) {
      const found = order(left[place], right[place]);
      if (found !== 0) return found;
    }
    return left.length - right.length;
  }
  if (typeof left === "string" && typeof right === "string") return left === right ? 0 : byCodePoints(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}

function byCodePoints(left, right) {
  const [a, b] = [[...left], [...right]];
  for (let place = 0; place < Math.min(a.length, b.length); place += 1) {
    if (a[place] !== b[place]) return a[place].codePointAt(0) - b[place].codePointAt(0);
  }
  return a.length - b.length;
}

/** A text that two values share exactly where Python calls them equal. */
export function keyOf(value) {
  if (value === null || value === undefined) return "n";
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "number" || typeof value === "boolean") return `i${Number(value)}`;
  if (Array.isArray(value)) return `[${value.map((each) => `${keyOf(each)}\u0000`).join("")}]`;
  if (value.isRow) return `r${value.id}`;
  if (value.isLazy || value.isSafe) return `s${value}`;
  if (value instanceof PySet) return `{${[...value].map(keyOf).sort().join("\u0000")}}`;
  if (value instanceof PyDict) return `{${[...value.pairs()].map(([k, v]) => `${keyOf(k)}:${keyOf(v)}`).sort().join("\u0000")}}`;
  if (value.keyed) return value.keyed();
  const members = value.constructor.members;
  if (members) return `${value.constructor.title}(${members.map((name) => keyOf(value[name])).join("\u0000")})`;
  return `o${identity(value)}`;
}

const identities = new WeakMap();
let lastIdentity = 0;

function identity(value) {
  if (!identities.has(value)) identities.set(value, (lastIdentity += 1));
  return identities.get(value);
}

// Collections --------------------------------------------------------------------------------

export class PySet {
  #items = new Map();

  constructor(items = []) {
    for (const item of iter(items)) this.add(item);
  }

  get size() {
    return this.#items.size;
  }

  [Symbol.iterator]() {
    return this.#items.values();
  }

  add(item) {
    const key = keyOf(item);
    if (!this.#items.has(key)) this.#items.set(key, item);
    return null;
  }

  has(item) {
    return this.#items.has(keyOf(item));
  }

  discard(item) {
    this.#items.delete(keyOf(item));
    return null;
  }

  union(...others) {
    return new PySet([...this, ...others.flatMap((other) => [...iter(other)])]);
  }

  intersection(...others) {
    const all = others.map((other) => new PySet(other));
    return new PySet([...this].filter((item) => all.every((other) => other.has(item))));
  }

  difference(other) {
    const gone = new PySet(other);
    return new PySet([...this].filter((item) => !gone.has(item)));
  }

  issuperset(other) {
    return [...iter(other)].every((item) => this.has(item));
  }

  issubset(other) {
    return new PySet(other).issuperset(this);
  }

  isdisjoint(other) {
    return ![...iter(other)].some((item) => this.has(item));
  }
}

export class PyDict {
  #entries = new Map();

  constructor(pairs = []) {
    for (const [key, value] of pairs) this.set(key, value);
  }

  get size() {
    return this.#entries.size;
  }

  [Symbol.iterator]() {
    return this.keys()[Symbol.iterator]();
  }

  set(key, value) {
    const name = keyOf(key);
    const known = this.#entries.get(name);
    if (known) known[1] = value;
    else this.#entries.set(name, [key, value]);
  }

  has(key) {
    return this.#entries.has(keyOf(key));
  }

  item(key) {
    const found = this.#entries.get(keyOf(key));
    if (!found) throw new KeyError_(String(key));
    return found[1];
  }

  get(key, otherwise = null) {
    const found = this.#entries.get(keyOf(key));
    return found ? found[1] : otherwise;
  }

  delete(key) {
    this.#entries.delete(keyOf(key));
  }

  pop(key, ...otherwise) {
    const found = this.has(key) || otherwise.length === 0 ? this.item(key) : otherwise[0];
    this.delete(key);
    return found;
  }

  setdefault(key, value = null) {
    if (!this.has(key)) this.set(key, value);
    return this.item(key);
  }

  update(other) {
    for (const [key, value] of pairs(other)) this.set(key, value);
    return null;
  }

  pairs() {
    return [...this.#entries.values()].map(([key, value]) => [key, value]);
  }

  items() {
    return this.pairs();
  }

  keys() {
    return [...this.#entries.values()].map(([key]) => key);
  }

  values() {
    return [...this.#entries.values()].map(([, value]) => value);
  }

  copy() {
    return new PyDict(this.pairs());
  }
}

/** A dict of counts, in which nothing is none. */
class Counted extends PyDict {
  item(key) {
    return this.get(key, 0);
  }
}

export function Counter(items = []) {
  const counts = new Counted();
  if (items instanceof PyDict) for (const [key, value] of items.pairs()) counts.set(key, value);
  else for (const key of iter(items)) counts.set(key, counts.item(key) + 1);
  return counts;
}

/** Key and value of a dict, or of a plain object. */
export function pairs(value) {
  if (value instanceof PyDict) return value.pairs();
  return Array.isArray(value) ? value : Object.entries(value);
}

/** As keywords: a plain object. */
export function plain(value) {
  return Object.fromEntries(pairs(value));
}

export function iter(value) {
  if (value === null || value === undefined) throw new TypeError_("nothing to go through");
  return typeof value[Symbol.iterator] === "function" ? value : Object.keys(value);
}

export function has(whole, part) {
  if (whole?.isLazy || whole?.isSafe) return String(whole).includes(part);
  if (typeof whole === "string") return whole.includes(part);
  if (whole instanceof PySet || whole instanceof PyDict) return whole.has(part);
  if (whole?.contains) return whole.contains(part);
  return [...iter(whole)].some((each) => eq(each, part));
}

export function item(whole, key) {
  if (whole instanceof PyDict) return whole.item(key);
  if (whole?.item) return whole.item(key);
  if (typeof key === "number") {
    const all = typeof whole === "string" ? [...whole] : whole;
    const place = key < 0 ? all.length + key : key;
    if (!(place in all)) throw new KeyError_(String(key));
    return all[place];
  }
  if (whole !== null && typeof whole === "object" && key in whole) return whole[key];
  throw new KeyError_(String(key));
}

export function setitem(whole, key, value) {
  if (typeof whole.set === "function") whole.set(key, value);
  else whole[key] = value;
}

export function delitem(whole, key) {
  if (whole instanceof PyDict) whole.delete(key);
  else if (Array.isArray(whole)) whole.splice(key, 1);
  else delete whole[key];
}

export function slice(whole, from, to) {
  const all = typeof whole === "string" ? [...whole] : whole;
  const part = all.slice(from ?? 0, to ?? undefined);
  return typeof whole === "string" ? part.join("") : part;
}

// Arithmetic ---------------------------------------------------------------------------------

export function add(left, right) {
  if (Array.isArray(left)) return [...left, ...right];
  if (left?.plus) return left.plus(right);
  if (right?.plus && typeof left !== "string") return right.plus(left);
  return typeof left === "string" || typeof right === "string" || left?.isLazy || right?.isLazy ? String(left) + String(right) : Number(left) + Number(right);
}

export function sub(left, right) {
  if (left instanceof PySet) return left.difference(right);
  return left?.minus ? left.minus(right) : left - right;
}

export function mul(left, right) {
  if (typeof left === "string") return left.repeat(right);
  if (Array.isArray(left)) return Array.from({ length: right }, () => left).flat();
  return left?.times ? left.times(right) : right?.times ? right.times(left) : left * right;
}

export function mod(left, right) {
  if (typeof left === "string") {
    const parts = Array.isArray(right) ? [...right] : [right];
    return left.replace(/%s|%%/g, (sign) => (sign === "%%" ? "%" : format(parts.shift(), "")));
  }
  return ((left % right) + right) % right;
}

export function union(left, right) {
  if (left?.isExpression || right?.isExpression) return (left?.isExpression ? left : right).compared("or", left, right);
  if (left instanceof PyDict) return new PyDict([...left.pairs(), ...pairs(right)]);
  if (left instanceof PySet) return left.union(right);
  return left | right;
}

export function meet(left, right) {
  if (left?.isExpression || right?.isExpression) return (left?.isExpression ? left : right).compared("and", left, right);
  return left instanceof PySet ? left.intersection(right) : left & right;
}

/** For `a |= b` and `a += b`: what stands there afterwards. */
export function into(value) {
  return value;
}

/** `~`. */
export function not(value) {
  return value.opposite();
}

// Calls --------------------------------------------------------------------------------------

/** Calls a function or makes a thing; `named` are its keywords. */
export function call(callee, given, named) {
  if (callee?.call_) return callee.call_(given, named ?? {});
  const all = named ? placed(callee.takes, given, named) : given;
  return isClass(callee) ? new callee(...all) : callee(...all);
}

function isClass(callee) {
  return callee.prototype instanceof Thing || callee.prototype instanceof Fault || callee.prototype?.isRow === true;
}

function placed(takes, given, named) {
  if (!takes) return [...given, named];
  const all = [...given];
  const rest = new PyDict();
  for (const [name, value] of Object.entries(named)) {
    const place = takes.indexOf(name);
    if (place >= 0) all[place] = value;
    else rest.set(name, value);
  }
  const more = takes.findIndex((name) => name.startsWith("**"));
  if (more >= 0) all[more] = rest;
  else if (rest.size > 0) throw new TypeError_(`unknown keyword ${rest.keys()}`);
  return Array.from(all); // without holes: a default stands where nothing was given
}

/** A method of anything. */
export function m(owner, name, given, named) {
  const own = owner === null || owner === undefined ? null : owner[name];
  const builtin = METHODS[typeof owner === "string" ? "text" : Array.isArray(owner) ? "list" : typeof owner]?.[name];
  if (builtin) return builtin(owner, ...given, ...(named ? [named] : []));
  if (typeof own !== "function" && !own?.call_) throw new TypeError_(`no method ${name} of ${owner}`);
  if (own.call_) return own.call_(given, named ?? {});
  const takes = owner.constructor?.[`${name}_takes`] ?? owner[`${name}_takes`] ?? own.takes;
  const all = named ? placed(takes, given, named) : given;
  return isClass(own) ? new own(...all) : own.apply(owner, all);
}

const SPACE = /[\s\u001c-\u001f\u0085]/u;
const ENDS = /^[\s\u001c-\u001f\u0085]+|[\s\u001c-\u001f\u0085]+$/gu;
const LINES = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/u;

const METHODS = {
  text: {
    strip: (text, signs) => (signs ? trimmed(text, signs) : text.replace(ENDS, "")),
    rstrip: (text, signs) => {
      const all = [...text];
      while (all.length > 0 && (signs ? signs.includes(all.at(-1)) : SPACE.test(all.at(-1)))) all.pop();
      return all.join("");
    },
    split: (text, by, most) => (by === undefined || by === null ? text.split(/[\s\u001c-\u001f\u0085]+/u).filter(Boolean) : splitBy(text, by, most)),
    splitlines: (text) => (text.endsWith("\n") ? text.slice(0, -1) : text).split(LINES).filter((line, _place, all) => all.length > 1 || line),
    join: (text, parts) => [...iter(parts)].map(String).join(text),
    upper: (text) => text.toUpperCase(),
    lower: (text) => text.toLowerCase(),
    startswith: (text, start) => [start].flat().some((one) => text.startsWith(one)),
    endswith: (text, end) => [end].flat().some((one) => text.endsWith(one)),
    replace: (text, old, fresh) => text.replaceAll(old, fresh),
    removeprefix: (text, start) => (text.startsWith(start) ? text.slice(start.length) : text),
    removesuffix: (text, end) => (end && text.endsWith(end) ? text.slice(0, -end.length) : text),
    partition: (text, by) => parted(text, text.indexOf(by), by),
    isdecimal: (text) => /^\p{Nd}+$/u.test(text),
    isdigit: (text) => /^\p{Nd}+$/u.test(text),
    isascii: (text) => /^[\0-\x7f]*$/u.test(text),
    isspace: (text) => text !== "" && [...text].every((sign) => SPACE.test(sign)),
    isprintable: (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(text) && !/[^\S ]/u.test(text),
    isalnum: (text) => /^[\p{L}\p{N}]+$/u.test(text),
    count: (text, part) => text.split(part).length - 1,
    find: (text, part) => text.indexOf(part),
    translate: (text, table) => [...text].map((sign) => table.get(sign.codePointAt(0), sign) ?? "").join(""),
    format: (text, ...given) => text.replace(/\{([^}]*)\}/g, (_all, spec) => format(given[0], spec.replace(/^:/, ""))),
    encode: (text) => text,
  },
  list: {
    append: (list, value) => void list.push(value) ?? null,
    extend: (list, values) => void list.push(...iter(values)) ?? null,
    index: (list, value) => {
      const place = list.findIndex((each) => eq(each, value));
      if (place < 0) throw new ValueError_("not in list");
      return place;
    },
    count: (list, value) => list.filter((each) => eq(each, value)).length,
    pop: (list, place = list.length - 1) => list.splice(place, 1)[0],
    sort: (list) => void list.sort(order) ?? null,
    insert: (list, place, value) => void list.splice(place, 0, value) ?? null,
    all: (list) => list,
    first: (list) => list[0] ?? null,
  },
  number: {
    isoformat: String,
  },
};

function splitBy(text, by, most) {
  const parts = text.split(by);
  return most === undefined || parts.length <= most + 1 ? parts : [...parts.slice(0, most), parts.slice(most).join(by)];
}

function trimmed(text, signs) {
  const all = [...text];
  while (all.length > 0 && signs.includes(all[0])) all.shift();
  while (all.length > 0 && signs.includes(all.at(-1))) all.pop();
  return all.join("");
}

function parted(text, place, by) {
  return place < 0 ? [text, "", ""] : [text.slice(0, place), by, text.slice(place + by.length)];
}

export function enter(manager) {
  return manager?.enter ? manager.enter() : manager;
}

export function leave(entered) {
  entered?.leave?.();
}

// Built-in functions -------------------------------------------------------------------------

export const len_ = (whole) => (typeof whole === "string" ? [...whole].length : (whole.length ?? whole.size));
export const sum_ = (items, start = 0) => [...iter(items)].reduce((total, each) => add(total, typeof each === "boolean" ? Number(each) : each), start);
export const any_ = (items) => {
  for (const each of iter(items)) if (t(each)) return true;
  return false;
};
export const all_ = (items) => {
  for (const each of iter(items)) if (!t(each)) return false;
  return true;
};
export const sorted_ = named((items, { key, reverse } = {}) => {
  const found = [...iter(items)].map((each) => [key ? key(each) : each, each]);
  found.sort(([a], [b]) => (reverse ? order(b, a) : order(a, b)));
  return found.map(([, each]) => each);
}, 1);
export const min_ = named((...given) => extreme(given, -1), 0);
export const max_ = named((...given) => extreme(given, 1), 0);

function extreme(given, way) {
  const last = given.at(-1);
  const words = last && Object.getPrototypeOf(last) === Object.prototype ? given.pop() : {};
  const items = given.length === 1 ? [...iter(given[0])] : given;
  if (items.length === 0) {
    if (!("default" in words)) throw new ValueError_("empty");
    return words.default;
  }
  const key = words.key ?? ((each) => each);
  return items.reduce((best, each) => (order(key(each), key(best)) * way > 0 ? each : best));
}

/** A function that is given its keywords as one last object. */
function named(make) {
  make.call_ = (given, words) => make(...given, ...(Object.keys(words).length > 0 ? [words] : []));
  return make;
}

export const set_ = (items = []) => new PySet(items);
export const frozenset_ = set_;
export const tuple_ = (items = []) => [...iter(items)];
export const list_ = (items = []) => [...iter(items)];
export const list = list_;
export function dict_(items = []) {
  return new PyDict(pairs(items instanceof PyDict || Array.isArray(items) ? items : typeof items[Symbol.iterator] === "function" ? [...items] : items));
}
dict_.fromkeys = (keys, value = null) => new PyDict([...iter(keys)].map((key) => [key, value]));
dict_.call_ = (given, words) => new PyDict([...dict_(...given).pairs(), ...Object.entries(words)]);
export const str_ = (value = "") => format(value, "");
str_.maketrans = (table) => new PyDict(pairs(table).map(([key, value]) => [typeof key === "string" ? key.codePointAt(0) : key, value]));
str_.join = (text, parts) => METHODS.text.join(text, parts);
export const int_ = (value = 0) => {
  if (typeof value === "string" && !/^\s*[+-]?\p{Nd}+(_\p{Nd}+)*\s*$/u.test(value)) throw new ValueError_(value);
  const number = Math.trunc(typeof value === "string" ? Number(figures(value)) : Number(value));
  if (Number.isNaN(number)) throw new ValueError_(String(value));
  return number;
};
export const float_ = (value = 0) => {
  if (value === "nan") return Number.NaN;
  if (typeof value === "string" && (value.trim() === "" || Number.isNaN(Number(value)))) throw new ValueError_(value);
  return Number(value);
};
export const bool_ = t;
export const enumerate_ = named((items, start = 0) => [...iter(items)].map((each, place) => [place + (start?.start ?? start), each]));
export const zip_ = named((...given) => {
  const lists = given.filter((each) => Object.getPrototypeOf(each) !== Object.prototype).map((each) => [...iter(each)]);
  return Array.from({ length: Math.min(...lists.map((each) => each.length)) }, (_none, place) => lists.map((each) => each[place]));
});
export const range_ = (from, to, step = 1) => {
  const [start, end] = to === undefined ? [0, from] : [from, to];
  const found = [];
  for (let number = start; step > 0 ? number < end : number > end; number += step) found.push(number);
  return found;
};
export const next_ = (items, ...otherwise) => {
  for (const each of iter(items)) return each;
  if (otherwise.length === 0) throw new ValueError_("nothing left");
  return otherwise[0];
};
export const round_ = (number, digits) => {
  const scale = 10 ** (digits ?? 0);
  const text = Math.abs(number).toFixed(Math.min(20, (digits ?? 0) + 12));
  const scaled = Number(text) * scale;
  const half = Math.floor(scaled);
  const rest = scaled - half;
  const whole = Math.abs(rest - 0.5) < 1e-9 ? (half % 2 === 0 ? half : half + 1) : Math.round(scaled);
  return (Math.sign(number) * whole) / scale;
};
export const map_ = (make, items) => [...iter(items)].map((each) => make(each));
export const filter_ = (test, items) => [...iter(items)].filter((each) => t(test ? test(each) : each));
export const reversed_ = (items) => [...iter(items)].reverse();
export const divmod_ = (number, by) => [Math.floor(number / by), mod(number, by)];
export const abs_ = Math.abs;
export const iter_ = (items) => iter(items)[Symbol.iterator]();
export const type_ = (value) => (typeof value === "number" ? (Number.isInteger(value) ? int_ : float_) : typeof value === "string" ? str_ : value?.constructor);
export const ord_ = (sign) => sign.codePointAt(0);
export const getattr_ = (owner, name, otherwise = null) => (owner?.[name] === undefined ? otherwise : owner[name]);
export const setattr_ = (owner, name, value) => {
  owner[name] = value;
  return null;
};
export function isinstance_(value, kinds) {
  return [kinds].flat().some((kind) => isOne(value, kind));
}

function isOne(value, kind) {
  if (kind === str_) return typeof value === "string";
  if (kind === int_) return Number.isInteger(value) || typeof value === "boolean";
  if (kind === float_) return typeof value === "number";
  if (kind === bool_) return typeof value === "boolean";
  if (kind === list_ || kind === tuple_) return Array.isArray(value);
  if (kind === dict_) return value instanceof PyDict;
  if (kind === datetime) return value instanceof Moment;
  if (kind === date) return value instanceof Day || value instanceof Moment;
  return typeof kind === "function" && value instanceof kind;
}

// The standard library -----------------------------------------------------------------------

export const UUID = (text) => {
  const plainText = String(text).toLowerCase().replace(/^(urn:uuid:)?\{?|\}$|-/g, "");
  if (!/^[0-9a-f]{32}$/.test(plainText)) throw new ValueError_("no id");
  return dashed(plainText);
};
export const uuid4 = () => crypto.randomUUID();
export const uuid5 = (space, name) => {
  const bytes = Uint8Array.from(space.replaceAll("-", "").match(/../g), (pair) => Number.parseInt(pair, 16));
  const text = new TextEncoder().encode(name);
  const hash = sha1Hex(Uint8Array.from([...bytes, ...text])).slice(0, 32);
  const variant = ((Number.parseInt(hash[16], 16) & 3) | 8).toString(16);
  return dashed(`${hash.slice(0, 12)}5${hash.slice(13, 16)}${variant}${hash.slice(17)}`);
};

function dashed(text) {
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A zone goes by its name. */
export const zone = String;
export const isfinite = Number.isFinite;
export const atan2 = Math.atan2;
export const cos = Math.cos;
export const sin = Math.sin;
export const normalize = (form, text) => text.normalize(form);
export const category = (sign) => CATEGORIES.find((name) => new RegExp(`^\\p{${name}}$`, "u").test(sign)) ?? "Cn";
const CATEGORIES = "Lu Ll Lt Lm Lo Nd Nl No Mn Mc Me Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split(" ");
export const loads = (text) => {
  try {
    return given(JSON.parse(text));
  } catch (problem) {
    if (problem instanceof SyntaxError) throw new ValueError_(problem.message);
    throw problem;
  }
};

/** Data as it came: objects become dicts. */
export function given(value) {
  if (Array.isArray(value)) return value.map(given);
  if (value === null || typeof value !== "object" || value.isRow || value instanceof PyDict) return value;
  return new PyDict(Object.entries(value).map(([key, each]) => [key, given(each)]));
}

/** Data to be sent or drawn as JSON: dicts become objects. */
export function data(value) {
  if (Array.isArray(value)) return value.map(data);
  if (value instanceof PyDict) return Object.fromEntries(value.pairs().map(([key, each]) => [key, data(each)]));
  if (value instanceof PySet) return [...value].map(data);
  if (value?.isLazy || value?.isSafe) return String(value);
  return value;
}

export const asdict = (thing) => new PyDict(thing.constructor.members.map((name) => [name, thing[name]]));
export const replace = named((thing, changes) => {
  const members = thing.constructor.members;
  return new thing.constructor(...members.map((name) => (name in changes ? changes[name] : thing[name])));
});

/** A regular expression of Python's; `ascii` where its classes know ASCII alone. */
export function pattern(source, ascii) {
  const text = ascii ? source : source.replaceAll("\\d", "\\p{Nd}");
  const whole = new RegExp(`^(?:${text})$`, "u");
  const part = new RegExp(text, "u");
  const found = (match) => (match ? { item: (place) => match[place] ?? null, group: (place = 0) => match[place] ?? null, groups: () => match.slice(1).map((each) => each ?? null) } : null);
  return {
    fullmatch: (value) => found(whole.exec(value)),
    search: (value) => found(part.exec(value)),
    match: (value) => found(new RegExp(`^(?:${text})`, "u").exec(value)),
  };
}

export const datetime = {
  call_: ([year, month, of, hour = 0, minute = 0], { tzinfo = UTC }) => Moment.local(new Day(year, month, of), new Clock(hour, minute), tzinfo),
  fromisoformat: (text) => moment(text) ?? refuse(text),
  combine: { call_: ([on, at, zone = UTC], { tzinfo = zone }) => Moment.local(on, at, tzinfo) },
};
export const date = Object.assign((year, month, of) => new Day(year, month, of), {
  fromisoformat: (text) => day(text) ?? refuse(text),
});
export const time = Object.assign((hour, minute = 0) => new Clock(hour, minute), {
  fromisoformat: (text) => {
    const found = /^(\d{2}):(\d{2})(?::\d{2})?$/.exec(text) ?? refuse(text);
    return new Clock(Number(found[1]), Number(found[2]));
  },
});
export const timedelta = named((...words) => {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = typeof words[0] === "number" ? { days: words[0] } : (words[0] ?? {});
  return new Span(((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000 + milliseconds);
});

function refuse(text) {
  throw new ValueError_(text);
}

/** Amounts are whole minor units: only to place the point and back. */
export class Decimal extends Thing {
  init(text) {
    const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text)) ?? refuse(String(text));
    this.units = BigInt(sign + whole + part);
    this.digits = part.length;
  }

  scaleb(places) {
    const moved = new Decimal("0");
    moved.units = places > this.digits ? this.units * 10n ** BigInt(places - this.digits) : this.units;
    moved.digits = Math.max(0, this.digits - places);
    return moved;
  }

  to_integral_value() {
    const whole = new Decimal("0");
    whole.units = this.units / 10n ** BigInt(this.digits);
    return whole;
  }

  keyed() {
    let [units, digits] = [this.units, this.digits];
    while (digits > 0 && units % 10n === 0n) [units, digits] = [units / 10n, digits - 1];
    return `d${units}e${digits}`;
  }

  valueOf() {
    return Number(this.units) / 10 ** this.digits;
  }

  toString() {
    const text = String(this.units < 0n ? -this.units : this.units).padStart(this.digits + 1, "0");
    const sign = this.units < 0n ? "-" : "";
    return this.digits ? `${sign}${text.slice(0, -this.digits)}.${text.slice(-this.digits)}` : sign + text;
  }
}

/** A log line stays on the tablet nowhere. */
export const log = { info: () => null, warning: () => null, error: () => null };

/** What an f-string writes: `spec` knows thousands, zeros in front and digits behind the point. */
export function format(value, spec) {
  if (spec) return formatted(value, spec);
  if (value === null || value === undefined) return value === null ? "None" : "";
  if (value === true) return "True";
  if (value === false) return "False";
  return String(value);
}

function formatted(value, spec) {
  const [, zeros, thousands, digits] = /^(?:0(\d+))?(?:d)?(,)?(?:\.(\d+))?[df]?$/.exec(spec) ?? refuse(spec);
  let text = digits === undefined ? String(value) : Number(value).toFixed(Number(digits));
  if (zeros) text = text.padStart(Number(zeros), "0");
  const [whole, part] = text.split(".");
  const grouped = thousands ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return part === undefined ? grouped : `${grouped}.${part}`;
}

function figures(text) {
  return text.replace(/\p{Nd}/gu, (sign) => {
    const code = sign.codePointAt(0);
    let zero = code;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
    return String(code - zero);
  });
}
