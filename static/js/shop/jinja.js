/** What the shop's translated templates stand on: scopes, macros, escaping, filters, as Jinja has them. */
import * as py from "./py.js";
import * as words from "./words.js";

/** @type {Record<string, {above: string | null, blocks: Record<string, Function>, body: Function}>} */
let templates = {};
/** @type {Record<string, unknown>} what every template sees */
let globals = {};
const modules = new Map();

export function install(given, common) {
  templates = given;
  globals = common;
}

/** Text that is markup already. */
class Safe {
  isSafe = true;

  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

export const safe = (text) => new Safe(text);

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export function escaped(value) {
  if (value?.isSafe) return value.text;
  if (value === undefined) return "";
  return py.format(value, "").replace(/[&<>"']/g, (sign) => SIGNS[sign]);
}

/** Words in a template are markup; what is filled in is escaped. */
export const gettext = {
  call_: ([text], given) => safe(words.gettext.call_([text], marked(given))),
};
export const ngettext = {
  call_: (forms, given) => safe(words.ngettext.call_(forms, marked(given))),
};

function marked(given = {}) {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, escaped(value)]));
}

/** A whole template, with what stands above it. */
export function draw(name, context) {
  const c = Object.assign(Object.create(globals), context);
  const blocks = new Map();
  c.self = new Self(blocks, c);
  let one = found(name);
  for (;;) {
    for (const [block, body] of Object.entries(one.blocks)) if (!blocks.has(block)) blocks.set(block, body);
    const o = [];
    one.body(c, o);
    if (one.above === null) return o.join("");
    one = found(one.above);
  }
}

function found(name) {
  if (!(name in templates)) throw new Error(`no template ${name} on the tablet`);
  return templates[name];
}

class Self {
  constructor(blocks, c) {
    Object.assign(this, { blocks, c });
  }

  draw(name, c, o) {
    this.blocks.get(name)(Object.create(c), o);
  }
}

export function include(name, c, o) {
  found(name).body(Object.create(c), o);
}

/** What a template offers to others; it is the same until the language changes. */
export function imported(name, context, _c) {
  if (context) return moduleOf(name, Object.create(context));
  const key = `${words.locale()}:${name}`;
  if (!modules.has(key)) modules.set(key, moduleOf(name, Object.create(globals)));
  return modules.get(key);
}

function moduleOf(name, scope) {
  found(name).body(scope, []);
  return scope;
}

export function macro(scope, takes, body) {
  return {
    call_(given, named = {}) {
      const c = Object.create(scope);
      takes.forEach(([name, standard], place) => {
        if (place < given.length) c[name] = given[place];
        else if (name in named) c[name] = named[name];
        else c[name] = standard ? standard(c) : undefined;
      });
      c.caller = named.caller;
      return drawn((o) => body(c, o));
    },
  };
}

/** Everything that is written meanwhile. */
export function drawn(write) {
  const o = [];
  write(o);
  return safe(o.join(""));
}

export function set(c, target, value) {
  if (typeof target === "string") c[target] = value;
  else py.list(value).forEach((each, place) => set(c, target[place], each));
}

export function each(c, items, target, test, body, otherwise) {
  let all = items === null || items === undefined ? [] : [...py.iter(items)];
  const scopeOf = (item) => {
    const scope = Object.create(c);
    set(scope, target, item);
    return scope;
  };
  if (test) all = all.filter((item) => test(scopeOf(item)));
  all.forEach((item, place) => {
    const scope = scopeOf(item);
    scope.loop = {
      index: place + 1,
      index0: place,
      first: place === 0,
      last: place === all.length - 1,
      length: all.length,
      revindex: all.length - place,
      nextitem: all[place + 1],
      previtem: all[place - 1],
    };
    body(scope);
  });
  if (all.length === 0) otherwise(Object.create(c));
}

export function attribute(owner, name) {
  if (owner === null || owner === undefined) return undefined;
  if (owner instanceof py.PyDict) return owner.has(name) ? owner.get(name) : undefined;
  if (Array.isArray(owner) && !(name in owner)) return undefined;
  return owner[name];
}

export function entry(owner, key) {
  if (owner === null || owner === undefined) return undefined;
  if (typeof key === "string") return attribute(owner, key);
  try {
    return py.item(owner, key);
  } catch {
    return undefined;
  }
}

export function method(owner, name, given, named) {
  if (owner instanceof Self) return drawn((o) => owner.draw(name, owner.c, o));
  const own = owner instanceof py.PyDict && owner.has(name) ? owner.get(name) : undefined;
  if (own !== undefined) return py.call(own, given, named);
  if (owner?.isSafe) return py.m(owner.text, name, given, named);
  return py.m(owner, name, given, named);
}

export const joined = (parts) => {
  const text = parts.map((part) => (parts.some((one) => one?.isSafe) ? escaped(part) : py.format(part ?? "", "")));
  return parts.some((one) => one?.isSafe) ? safe(text.join("")) : text.join("");
};

// Filters and tests --------------------------------------------------------------------------

export function filter(name, given, named) {
  if (!(name in FILTERS)) throw new Error(`no filter ${name} on the tablet`);
  return FILTERS[name](...given, ...(named ? [named] : []));
}

/** More filters, of the shop's own. */
export function addFilters(more) {
  Object.assign(FILTERS, more);
}

/** Flask writes JSON with its names in order. */
function sortedKeys(value) {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sortedKeys(value[name])]));
}

const path = (item, name) => String(name).split(".").reduce((owner, part) => attribute(owner, part), item);
const isWords = (value) => value && Object.getPrototypeOf(value) === Object.prototype;
const attributeTest = (rest) => (item) => {
  const [name, how = "true", ...more] = rest;
  return how === "true" ? py.t(path(item, name)) : test(how, [path(item, name), ...more]);
};

export const FILTERS = {
  string: (value) => (value?.isSafe ? value : py.format(value, "")),
  upper: (text) => String(text).toUpperCase(),
  lower: (text) => String(text).toLowerCase(),
  trim: (text) => String(text).trim(),
  length: (whole) => (whole === undefined ? 0 : py.len_(whole)),
  count: (whole) => py.len_(whole),
  list: (items) => (items === undefined ? [] : [...py.iter(items)]),
  first: (items) => [...py.iter(items)][0],
  last: (items) => [...py.iter(items)].at(-1),
  max: (items) => ([...py.iter(items)].length > 0 ? py.max_(items) : undefined),
  min: (items) => ([...py.iter(items)].length > 0 ? py.min_(items) : undefined),
  sum: (items, words_) => py.sum_([...py.iter(items)].map((item) => (isWords(words_) ? path(item, words_.attribute) : item))),
  abs: Math.abs,
  int: (value, otherwise = 0) => (Number.isFinite(Number(value)) ? Math.trunc(Number(value)) : otherwise),
  round: (value, digits = 0) => py.round_(value, digits),
  join: (items, by = "") => {
    const parts = [...py.iter(items)];
    return parts.some((part) => part?.isSafe) || by?.isSafe ? safe(parts.map(escaped).join(escaped(by))) : parts.map((part) => py.format(part, "")).join(by);
  },
  default: (value, otherwise = "", rest = undefined) => (value === undefined || (py.t(rest?.boolean ?? rest) && !py.t(value)) ? otherwise : value),
  map: (items, ...rest) => {
    const last = rest.at(-1);
    if (isWords(last)) return [...py.iter(items)].map((item) => path(item, last.attribute) ?? last.default);
    return [...py.iter(items)].map((item) => filter(rest[0], [item, ...rest.slice(1)]));
  },
  select: (items, ...rest) => [...py.iter(items)].filter((item) => (rest.length > 0 ? test(rest[0], [item, ...rest.slice(1)]) : py.t(item))),
  reject: (items, ...rest) => [...py.iter(items)].filter((item) => !(rest.length > 0 ? test(rest[0], [item, ...rest.slice(1)]) : py.t(item))),
  selectattr: (items, ...rest) => [...py.iter(items)].filter(attributeTest(rest)),
  rejectattr: (items, ...rest) => [...py.iter(items)].filter((item) => !attributeTest(rest)(item)),
  tojson: (value) => safe(JSON.stringify(sortedKeys(py.data(value))).replace(/[<>&']/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)),
  forceescape: (value) => safe(String(value).replace(/[&<>"']/g, (sign) => SIGNS[sign])),
  escape: (value) => safe(escaped(value)),
  xmlattr: (given) => {
    const kept = py.pairs(given).filter(([, value]) => value !== null && value !== undefined);
    return safe(kept.map(([name, value]) => ` ${escaped(name)}="${escaped(value)}"`).join(""));
  },
  truncate: (text, length = 255) => {
    const all = [...String(text)];
    if (all.length <= length + 5) return text;
    const cut = all.slice(0, length - 3).join("");
    return `${cut.includes(" ") ? cut.slice(0, cut.lastIndexOf(" ")) : cut}...`;
  },
  reverse: (items) => (typeof items === "string" ? [...items].reverse().join("") : [...py.iter(items)].reverse()),
  sort: (items, ...rest) => {
    const { attribute: name, reverse = false } = rest.find(isWords) ?? {};
    return py.sorted_.call_([[...py.iter(items)]], { reverse, key: (item) => (name ? path(item, name) : item) });
  },
  float: (value, otherwise = 0) => (Number.isFinite(Number(value)) ? Number(value) : otherwise),
  capitalize: (text) => String(text).slice(0, 1).toUpperCase() + String(text).slice(1).toLowerCase(),
  safe: (text) => safe(String(text)),
  groupby: (items, name) => {
    const groups = new py.PyDict();
    for (const item of py.iter(items)) groups.setdefault(path(item, name), []).push(item);
    return py.sorted_(groups.pairs().map(([key, list]) => [key, list]));
  },
  replace: (text, old, fresh) => String(text).replaceAll(old, fresh),
  dictsort: (given) => py.sorted_(py.pairs(given)),
  unique: (items) => [...new py.PySet(items)],
  items: (given) => py.pairs(given),
};

export function test(name, [value, other]) {
  if (!(name in TESTS)) throw new Error(`no test ${name} on the tablet`);
  return TESTS[name](value, other);
}

export const TESTS = {
  defined: (value) => value !== undefined,
  undefined: (value) => value === undefined,
  none: (value) => value === null,
  true: (value) => value === true,
  false: (value) => value === false,
  equalto: (value, other) => py.eq(value, other),
  eq: (value, other) => py.eq(value, other),
  in: (value, other) => py.has(other, value),
  string: (value) => typeof value === "string",
  mapping: (value) => value instanceof py.PyDict,
  number: (value) => typeof value === "number",
  odd: (value) => value % 2 === 1,
  even: (value) => value % 2 === 0,
};
