/**
 * The few of Flask's ways that the shop's routes go: one request at a time, answered from the rows of
 * this tablet.
 */
import * as j from "./jinja.js";
import * as py from "./py.js";
import * as sql from "./sql.js";
import * as words from "./words.js";

/** What a form or a query sent: the last value of a name counts, as in Werkzeug the first. */
class Sent {
  constructor(pairs = []) {
    this.sent = pairs.map(([name, value]) => [name, String(value)]);
  }

  get(name, otherwise = null, named = undefined) {
    const found = this.sent.find(([one]) => one === name)?.[1];
    if (found === undefined) return otherwise?.type ? null : otherwise;
    const kind = otherwise?.type ?? named?.type;
    if (!kind) return found;
    try {
      return kind(found);
    } catch {
      return null;
    }
  }

  item(name) {
    const found = this.sent.find(([one]) => one === name);
    if (!found) throw new py.KeyError_(name);
    return found[1];
  }

  getlist(name) {
    return this.sent.filter(([one]) => one === name).map(([, value]) => value);
  }

  contains(name) {
    return this.sent.some(([one]) => one === name);
  }

  to_dict() {
    return new py.PyDict([...this.sent].reverse());
  }

  keys() {
    return this.to_dict().keys();
  }

  items() {
    return this.to_dict().items();
  }

  [Symbol.iterator]() {
    return this.keys()[Symbol.iterator]();
  }
}

class Globals {
  get(name, otherwise = null) {
    return this[name] ?? otherwise;
  }
}

export const g = new Globals();
export const request = {
  form: new Sent(),
  args: new Sent(),
  values: new Sent(),
  method: "GET",
  path: "/",
  referrer: null,
  endpoint: "",
  blueprint: "",
};
export const htmx = { wants_fragment: false, asked: false, boosted: false };

let at = new py.Moment(0);

export const who = () => g.who;
export const now = () => at;
export const captured_at = () => at;
export const this_site = () => sql.db.session.scalar(sql.select(sql.tables.get("Site")));
/** Numbers are given out by the shop alone. */
export const next_number = () => 0;
export const nothing = () => null;

// Addresses ----------------------------------------------------------------------------------

/** @type {{endpoint: string, methods: string[], rule: string, test: RegExp, names: string[], defaults: Record<string, string>, own: boolean}[]} */
let rules = [];
/** @type {Record<string, Function>} */
let views = {};
/** @type {Record<string, any>} what answers of the tablet's own call by name */
let called = {};

const PART = /<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>/g;

/**
 * @param {[string, string, string, Record<string, string>][]} given endpoint, address, methods and
 *   defaults of every route of the shop
 * @param {Record<string, Function>} own those that the tablet answers
 * @param {Record<string, any>} mine what answers of the tablet's own call
 */
export function install(given, own, mine) {
  views = own;
  called = mine;
  rules = given.map(([endpoint, rule, methods, defaults]) => {
    const names = [...rule.matchAll(PART)].map(([, , , name]) => name);
    const source = rule.replace(/[.*+?^${}|[\]\\]/g, "\\$&").replace(PART, (_all, kind, choice) => {
      if (kind === "uuid") return "([0-9a-fA-F-]{36})";
      if (kind === "any") return `(${choice.split(",").map((one) => one.trim()).join("|")})`;
      if (kind === "int") return "(\\d+)";
      return kind === "path" ? "(.+)" : "([^/]+)";
    });
    return { endpoint, rule, defaults, methods: methods.split(" "), names, test: new RegExp(`^${source}$`), own: endpoint in own };
  });
}

export const url_for = Object.assign((endpoint) => url_for.call_([endpoint], {}), {
  call_([endpoint], given) {
    const name = endpoint.startsWith(".") ? request.blueprint + endpoint : endpoint;
    const mine = rules.filter((rule) => rule.endpoint === name);
    const fits = mine.filter(({ names, defaults }) => names.every((one) => given[one] !== undefined && given[one] !== null) && Object.entries(defaults).every(([one, value]) => given[one] === value));
    const rule = fits.find(({ defaults }) => Object.keys(defaults).length > 0) ?? fits[0] ?? mine[0];
    if (!rule) throw new Error(`no address of ${name}`);
    const { _anchor, _external, ...rest } = given;
    const path = rule.rule.replace(PART, (_all, kind, _choice, one) => (kind === "path" ? encodeURI(String(rest[one])) : encodeURIComponent(String(rest[one])).replaceAll("%3A", ":")));
    const query = Object.entries(rest).filter(([one, value]) => !rule.names.includes(one) && !(one in rule.defaults) && value !== null && value !== undefined);
    const asked = query.length > 0 ? `?${new URLSearchParams(query.map(([one, value]) => [one, String(value)]))}` : "";
    return path + asked + (_anchor ? `#${_anchor}` : "");
  },
});

/** The route of the tablet's own for a request, with what its address says. */
export function routeOf(method, path) {
  for (const rule of rules) {
    const found = rule.own && rule.methods.includes(method) ? rule.test.exec(path) : null;
    if (found) return { endpoint: rule.endpoint, given: { ...rule.defaults, ...Object.fromEntries(rule.names.map((name, place) => [name, decodeURIComponent(found[place + 1])])) } };
  }
  return null;
}

// Answers ------------------------------------------------------------------------------------

/** A template that is drawn when it is read: many an answer is never shown. */
class Page {
  constructor(name, context) {
    Object.assign(this, { name, context, language: words.locale() });
  }

  toString() {
    return words.inLanguage(this.language, () => j.draw(this.name, this.context));
  }
}

export class Response {
  constructor(body = "", status = 200, headers = {}) {
    const named = body && Object.getPrototypeOf(body) === Object.prototype ? body : status && typeof status === "object" ? status : {};
    this.body = named === body ? "" : body;
    this.status_code = named.status ?? (typeof status === "number" ? status : 200);
    this.headers = new py.PyDict(py.pairs(headers));
  }

  get text() {
    return String(this.body ?? "");
  }
}
Response.call_ = (given, named) => new Response(...given, ...(named.status ? [named.status] : []));

export const render_template = Object.assign((name) => new Page(name, {}), {
  call_: ([name], context) => new Page(name, context),
});
export const make_response = (body, status = 200) => responseOf(Array.isArray(body) ? body : [body, body?.status_code ?? status]);
export const redirect = (address, status = 302) => new Response("", status, { Location: address });

function responseOf(answer) {
  if (answer instanceof Response) return answer;
  const [body, status = 200, headers = {}] = Array.isArray(answer) ? answer : [answer];
  if (body instanceof Response) return Object.assign(body, { status_code: status });
  return new Response(body, status, headers);
}

/**
 * One request, answered here.
 * @param {{method: string, url: string, form?: [string, string][], fragment?: boolean, at: py.Moment}} asked
 * @param {(fault: any) => any} refused makes an answer of a refusal
 * @returns {Response | null} null where the tablet has no such route
 */
export function answer({ method, url, form = [], fragment = false, at: moment }, refused) {
  const { pathname, searchParams } = new URL(url, "http://tablet");
  const route = routeOf(method, pathname);
  if (!route) return null;
  at = moment;
  const args = [...searchParams];
  Object.assign(request, {
    form: new Sent(form),
    args: new Sent(args),
    values: new Sent([...args, ...form]),
    method,
    path: pathname,
    endpoint: route.endpoint,
    blueprint: route.endpoint.split(".")[0],
  });
  htmx.wants_fragment = fragment;
  htmx.asked = fragment;
  try {
    return responseOf(py.call(views[route.endpoint], [], route.given));
  } catch (fault) {
    if (!(fault instanceof py.Fault) || fault.status === undefined) throw fault;
    return responseOf(refused(fault));
  }
}

const MINE = 0;
const FREE = 1;
const OTHERS = 2;

/** Numbers that this tablet holds come first, those of other tablets last. */
export const is_held = (column) =>
  sql.said(column, (id) => {
    const held = sql.rowsOf("Reservation").find((row) => row.subject_id === id && row.ends_at > at);
    return held ? (held.tablet_id === g.who.tablet_id ? MINE : OTHERS) : FREE;
  });

// What signing needs of the shop ---------------------------------------------------------------

/** @type {{id: string, token: string, code: string}[]} links to the sheet that the shop gave this tablet */
let links = [];
/** @type {Record<string, {id: string, token: string, code: string}>} by visit: those that were given on */
let given = {};

export function useLinks(fresh, inUse) {
  given = inUse;
  links = fresh.filter(({ id }) => !Object.values(given).some((link) => link.id === id));
}

export const linksInUse = () => given;
export const living_link = (visit_id) => given[visit_id] ?? null;
export const token_of_link = (id) => Object.values(given).find((link) => link.id === id)?.token ?? "";
export const qr_address = (address) => Object.values(given).find((link) => address.endsWith(`/${link.token}`))?.code ?? "";
export const make_link = Object.assign(() => "", { call_: () => "" });

/** The link that this visit's seal will give: one of those that were made beforehand. */
export function reserved_link(visit_id) {
  const visit = String(visit_id);
  if (!(visit in given) && links.length > 0) given = { ...given, [visit]: links.shift() };
  return given[visit]?.id ?? "";
}

/** The document that was made here a moment ago; the shop verifies it. */
export const read_seal = Object.assign(() => null, {
  call_([form]) {
    const raw = form.get("document", "");
    const document = py.loads(raw);
    const tablet = document.get("tablet");
    const offset = tablet.get("clock_offset_ms");
    return new called.SealDraft(form.get("id"), raw, form.get("sha256"), document, py.moment(document.get("signed_at")).plus(new py.Span(offset)), offset);
  },
});

/** A seal that the shop has not chained yet stands after all that it has. */
export const next_link = (_site, last, sha256, at_) => ({
  sequence: (last?.sequence ?? 0) + 1,
  sealed_at: at_,
  previous_sha256: "",
  chain_sha256: "",
  document_sha256: sha256,
});

