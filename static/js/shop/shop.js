/**
 * The shop on this tablet: its translated code, its rows, and what was captured here since. It answers
 * as the shop itself would.
 */
import * as j from "./jinja.js";
import * as py from "./py.js";
import * as sql from "./sql.js";
import * as web from "./web.js";
import * as words from "./words.js";

let code;

/** @param {any} given the translated module @param {any} book words and amounts */
export function open(given, book) {
  code = given;
  words.open(book);
  web.install(given.rules, given.views, given.called);
  j.install(given.templates, {
    g: web.g,
    request: web.request,
    url_for: web.url_for,
    _: j.gettext,
    gettext: j.gettext,
    ngettext: j.ngettext,
    name_of: (list, name) => given.called.name_of(list, name, words.locale()),
    term: (name) => given.called.term(name, words.locale()),
    locale: words.locale,
    html_lang: () => given.common.html_lang[words.locale()],
    own_names: py.given(given.common.own_names),
    build_id: given.common.build_id,
    reserved_link: web.reserved_link,
    ...given.functions,
    new_id: py.uuid4,
    fresh: py.uuid4,
  });
  j.addFilters({
    clock: words.clock,
    moment: words.moment,
    day: words.day,
    weekday: words.weekday,
    money: words.money,
    local_input: words.local_input,
    ...given.filters,
  });
}

/** @param {Record<string, [string[], ...unknown[][]]>} rows as the shop gave them @param {string} site */
export function databaseOf(rows, site) {
  const database = new sql.Database();
  database.site = site;
  for (const [name, [columns, ...values]] of Object.entries(rows)) {
    const cls = sql.tables.get(name);
    if (!cls) continue; // nothing here asks for it
    for (const each of values) {
      database.add(sql.rowOf(cls, Object.fromEntries(columns.map((column, place) => [column, each[place]]))));
    }
  }
  return database;
}

/**
 * @typedef {{id: string, name: string, roles: string[], locale: string, hand: string, site: string,
 *   tablet: string, timezone: string, currency: string, siteName: string, demo: boolean}} Person
 */

/** Whoever asks, and in which language and zone. @param {Person} person @param {string | null} visit handed over for */
export function ask(person, visit = null) {
  const roles = new py.PySet(person.roles);
  words.speak(person);
  Object.assign(web.g, {
    locale: person.locale,
    timezone: person.timezone,
    currency: person.currency,
    site_name: person.siteName,
    site_demo: person.demo,
    who: {
      id: person.id,
      name: person.name,
      roles,
      site_id: person.site,
      tablet_id: person.tablet,
      locale: person.locale,
      hand: person.hand,
      customer_visit_id: visit,
      customer_sitting: "",
      customer_subject_id: null,
      sign_in_id: null,
      may: (...wanted) => wanted.flat().some((role) => roles.has(role)),
    },
  });
}

/** @param {sql.Database} database */
export function use(database) {
  sql.use(database);
}

/**
 * @param {{method: string, url: string, form?: [string, string][], fragment?: boolean, at: number}} asked
 * @returns {web.Response | null} null where the tablet has no such page
 */
export function answer(asked) {
  const given = web.answer({ ...asked, at: new py.Moment(asked.at) }, code.called.refused);
  if (asked.method === "POST" && asked.url === "/visits") takeNumbersBack();
  return given;
}

/** Visits and orders get their numbers from the shop; until then they have none. */
function takeNumbersBack() {
  for (const name of ["Visit", "Order"]) {
    for (const row of sql.rowsOf(name)) if (row.number.endsWith("-0000")) row.number = "";
  }
}

/** The statements of a visit that are to be signed now. @param {string} visit */
export function due(visit) {
  return py.list(code.called.progress_of(code.called.file_of(visit)).due);
}

/** A photo that was taken here. @param {string} visit @param {any} entry @param {number} at @param {ArrayBuffer} bytes */
export function addPhoto(visit, entry, at, bytes) {
  const said = Object.fromEntries(entry.fields);
  const subject = said.subject ?? "angle";
  const [width, height] = sizeOf(new Uint8Array(bytes ?? []));
  const row = new (sql.tables.get("Photo"))({
    id: entry.row, visit_id: visit, sha256: entry.sha256, size_bytes: 0, mime: entry.files[0]?.type ?? "",
    width, height, subject, subject_id: said.subject_id ?? null, subject_code: said.subject_code ?? "",
    angle: subject === "angle" ? said.angle : "free", after_signature: false,
    by_id: entry.author, captured_at: new py.Moment(at),
  });
  sql.db.session.add(row);
  return null;
}

const SIZES = [0xc0, 0xc1, 0xc2];

/** Width and height of a JPEG, from its own head; those of the tablet's photos otherwise. */
function sizeOf(bytes) {
  for (let place = 2; place + 9 < bytes.length && bytes[place] === 0xff; ) {
    if (SIZES.includes(bytes[place + 1])) {
      return [bytes[place + 7] * 256 + bytes[place + 8], bytes[place + 5] * 256 + bytes[place + 6]];
    }
    place += 2 + bytes[place + 2] * 256 + bytes[place + 3];
  }
  return [2000, 1500];
}

export const useLinks = web.useLinks;
export const linksInUse = web.linksInUse;
export const draw = (name) => j.draw(name, {});
