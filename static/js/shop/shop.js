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
    new_id: py.uuid4,
    fresh: py.uuid4,
  });
  j.addFilters({
    clock: words.clock,
    moment: words.moment,
    day: words.day,
    money: words.money,
    local_input: words.local_input,
    ...given.filters,
  });
}

/** @param {Record<string, [string[], ...unknown[][]]>} rows as the shop gave them */
export function databaseOf(rows) {
  const database = new sql.Database();
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
      may: (...wanted) => wanted.flat().some((role) => roles.has(role)),
    },
  });
}

/** @param {sql.Database} database */
export function use(database) {
  sql.use(database);
}

/** @param {{method: string, url: string, form?: [string, string][], fragment?: boolean, at: number}} asked */
export function answer(asked) {
  return web.answer({ ...asked, at: new py.Moment(asked.at) }, code.called.refused);
}
