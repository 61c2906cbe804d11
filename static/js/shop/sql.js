/**
 * The few of SQLAlchemy's ways that the shop's queries go, over rows in memory. A select is walked row
 * by row; a comparison of a column with an id looks the rows up. Nothing here knows a table by name.
 */
import * as py from "./py.js";

/** @type {Map<string, any>} tables by the name of their class */
export const tables = new Map();

/** The rows of the tablet, by class name. */
export class Database {
  /** @type {string | null} the site whose rows these are */
  site = null;
  /** @type {Map<string, Map<string, any>>} */
  #rows = new Map();
  /** @type {Map<string, Map<string, any[]>>} */
  #index = new Map();

  rows(cls) {
    return [...(this.#rows.get(cls.tableName)?.values() ?? [])];
  }

  get(cls, id) {
    return this.#rows.get(cls.tableName)?.get(String(id)) ?? null;
  }

  /** A row that is new here: of this site, and with the next number where its table counts. */
  insert(row) {
    for (const [name, [, standard]] of Object.entries(row.constructor.tableColumns)) {
      if (name === "site_id") row.site_id ??= this.site;
      if (standard === "$next") row[name] ??= Math.max(0, ...this.rows(row.constructor).map((one) => one[name])) + 1;
    }
    this.add(row);
  }

  add(row) {
    const name = row.constructor.tableName;
    if (!this.#rows.has(name)) this.#rows.set(name, new Map());
    this.#rows.get(name).set(row.id, row);
    this.#index.clear();
  }

  /** Ids change hands within an act; what was looked up before is looked up again. */
  forget() {
    this.#index.clear();
  }

  /** The rows whose column has this id. */
  where(cls, column, id) {
    if (column === "id") return [this.get(cls, id)].filter(Boolean);
    const name = `${cls.tableName}.${column}`;
    if (!this.#index.has(name)) this.#index.set(name, grouped(this.rows(cls), (row) => row[column]));
    return this.#index.get(name).get(id) ?? [];
  }
}

let here = new Database();

/** @param {Database} database from now on asked and written */
export function use(database) {
  here = database;
}

/** All rows of a table by its name. */
export const rowsOf = (name) => here.rows(tables.get(name));

export const db = {
  session: {
    info: new py.PyDict(),
    add: (row) => void here.insert(row) ?? null,
    flush: () => void here.forget() ?? null,
    rollback: () => null,
    begin_nested: () => null,
    get: (cls, id) => here.get(cls, id),
    get_one: (cls, id) => here.get(cls, id),
    scalars: (select, values) => select.rows(envOf(values)).map((row) => row[0]),
    scalar: (select, values) => select.rows(envOf(values))[0]?.[0] ?? null,
    execute: (select, values) => (select.rows ? select.rows(envOf(values)) : []),
  },
};

function envOf(values) {
  const env = new Map();
  if (values) env.set("values", values);
  return env;
}

// Tables -------------------------------------------------------------------------------------

/** The parent of a table's class. What is not given has its column's default. */
export class Row {
  constructor(...given) {
    const words = given.at(-1) ?? {};
    for (const [name, [, standard]] of Object.entries(this.constructor.tableColumns)) {
      this[name] = name in words ? words[name] : made(standard);
    }
  }

  static call_(given, words) {
    return new this(words);
  }
}
Row.prototype.isRow = true;

function made(standard) {
  if (standard === "$id") return crypto.randomUUID();
  if (standard === "$now") return new py.Moment(Date.now());
  if (standard === "$dict") return new py.PyDict();
  if (standard === "$list") return [];
  return standard === "$next" ? null : standard;
}

/**
 * @param {any} cls
 * @param {string} title
 * @param {Record<string, [string, unknown]>} columns kind and default
 * @param {Record<string, [() => any, string, boolean]>} relations table, the column that joins, many
 */
export function table(cls, title, columns, relations) {
  cls.tableName = title;
  cls.tableColumns = columns;
  tables.set(title, cls);
  for (const name of Object.keys(columns)) {
    Object.defineProperty(cls, name, { value: new Column(cls, name), configurable: true });
  }
  for (const [name, [target, column, many]] of Object.entries(relations)) {
    Object.defineProperty(cls, name, { value: null, configurable: true });
    Object.defineProperty(cls.prototype, name, {
      get() {
        return many ? here.where(target(), column, this.id) : this[column] && here.get(target(), this[column]);
      },
      set() {}, // the column says it
    });
  }
}

/** A row as it came from the shop, in the tablet's kinds. @param {any} cls @param {any} plain */
export function rowOf(cls, plain) {
  const row = new cls({});
  for (const [name, [kind]] of Object.entries(cls.tableColumns)) {
    if (name in plain) row[name] = read(kind, plain[name]);
  }
  return row;
}

function read(kind, value) {
  if (value === null || value === undefined) return null;
  if (kind === "DateTime") return py.moment(value);
  if (kind === "Date") return py.day(value);
  return kind === "JSON" ? py.given(value) : value;
}

// Expressions --------------------------------------------------------------------------------

class Expression {
  isExpression = true;

  compared(kind, left, right) {
    return new Operation(kind, [left, right]);
  }

  opposite() {
    return new Operation("not", [this]);
  }

  is_(value) {
    return new Operation("is", [this, value]);
  }

  is_not(value) {
    return new Operation("not", [this.is_(value)]);
  }

  in_(values) {
    return new Operation("in", [this, values]);
  }

  not_in(values) {
    return new Operation("not", [this.in_(values)]);
  }

  between(least, most) {
    return new Operation("and", [new Operation("le", [least, this]), new Operation("le", [this, most])]);
  }

  startswith(text) {
    return new Operation("starts", [this, text]);
  }

  contains(text) {
    return new Operation("holds", [this, text]);
  }

  desc() {
    return new Ordered(this, -1);
  }

  asc() {
    return new Ordered(this, 1);
  }

  nulls_last() {
    return new Ordered(this, 1, true);
  }

  label(name) {
    return new Labelled(this, name);
  }
}

class Column extends Expression {
  constructor(entity, name) {
    super();
    Object.assign(this, { entity, name });
  }

  value(env) {
    return env.get(this.entity)?.[this.name] ?? null;
  }

  entities() {
    return [this.entity];
  }
}

class Labelled extends Expression {
  constructor(inner, name) {
    super();
    Object.assign(this, { inner, name });
  }

  value(env) {
    return this.inner.value(env);
  }

  entities() {
    return this.inner.entities();
  }

  get totals() {
    return this.inner.totals;
  }

  total(envs) {
    return this.inner.total(envs);
  }
}

class Ordered extends Expression {
  constructor(inner, way, nullsLast = false) {
    super();
    Object.assign(this, { inner, way, nullsLast });
  }

  nulls_last() {
    return new Ordered(this.inner, this.way, true);
  }

  order(left, right) {
    const [a, b] = [value(this.inner, left), value(this.inner, right)];
    if (a === null || b === null) return a === b ? 0 : (a === null ? -1 : 1) * (this.nullsLast ? -1 : this.way);
    return py.order(a, b) * this.way;
  }
}

const WAYS = {
  eq: (a, b) => (a === null || b === null ? null : py.eq(a, b)),
  ne: (a, b) => (a === null || b === null ? null : !py.eq(a, b)),
  lt: (a, b) => a !== null && b !== null && py.order(a, b) < 0,
  le: (a, b) => a !== null && b !== null && py.order(a, b) <= 0,
  is: (a, b) => (typeof b === "boolean" ? Boolean(a) === b && a !== null : a === b),
  and: (a, b) => Boolean(a && b),
  or: (a, b) => Boolean(a || b),
  not: (a) => (a === null ? null : !a),
  in: (a, list) => a !== null && list.some((each) => py.eq(a, each)),
  starts: (a, text) => String(a ?? "").startsWith(text),
  holds: (a, text) => String(a ?? "").includes(text),
};

class Operation extends Expression {
  constructor(kind, parts) {
    super();
    Object.assign(this, { kind, parts });
  }

  value(env) {
    if (this.kind === "in") return WAYS.in(value(this.parts[0], env), listed(this.parts[1], env));
    return WAYS[this.kind](...this.parts.map((part) => value(part, env)));
  }

  compared(kind, left, right) {
    if (kind === this.kind && (kind === "and" || kind === "or")) return new Operation(kind, [left, right]);
    return super.compared(kind, left, right);
  }

  opposite() {
    const other = { eq: "ne", ne: "eq" }[this.kind];
    return other ? new Operation(other, this.parts) : super.opposite();
  }

  entities() {
    return this.parts.flatMap((part) => (part?.isExpression && part.entities ? part.entities() : []));
  }
}

function listed(list, env) {
  if (list?.rows) return list.rows(env).map((row) => row[0]);
  return [...py.iter(list)];
}

function value(part, env) {
  if (part?.value) return part.value(env);
  return part ?? null;
}

/** A figure over all rows of a select or of a group. */
class Total extends Expression {
  totals = true;

  constructor(kind, inner, more) {
    super();
    Object.assign(this, { kind, inner, more });
  }

  entities() {
    return this.inner?.entities?.() ?? [];
  }

  total(envs) {
    const found = this.inner ? envs.map((env) => value(this.inner, env)).filter((each) => each !== null) : envs;
    if (this.kind === "count") return found.length;
    if (this.kind === "aggregate_strings") return found.length > 0 ? found.join(this.more) : null;
    if (this.kind === "sum") return found.length > 0 ? py.sum_(found) : null;
    const way = this.kind === "max" ? 1 : -1;
    return found.length > 0 ? found.reduce((a, b) => (py.order(b, a) * way > 0 ? b : a)) : null;
  }
}

/** What JavaScript says of a column's value. */
class Said extends Expression {
  constructor(column, say) {
    super();
    Object.assign(this, { column, say });
  }

  value(env) {
    return this.say(value(this.column, env));
  }

  entities() {
    return this.column.entities();
  }
}

export const said = (column, say) => new Said(column, say);

export const func = {
  count: (inner) => new Total("count", inner),
  max: (inner) => new Total("max", inner),
  min: (inner) => new Total("min", inner),
  sum: (inner) => new Total("sum", inner),
  aggregate_strings: (inner, by) => new Total("aggregate_strings", inner, by),
  coalesce: (...parts) => new Coalesce(parts),
  lower: (inner) => inner,
};

class Coalesce extends Expression {
  constructor(parts) {
    super();
    this.parts = parts;
  }

  value(env) {
    for (const part of this.parts) {
      const found = value(part, env);
      if (found !== null) return found;
    }
    return null;
  }

  entities() {
    return this.parts.flatMap((part) => part?.entities?.() ?? []);
  }

  get totals() {
    return this.parts.some((part) => part?.totals);
  }

  total(envs) {
    for (const part of this.parts) {
      const found = part?.totals ? part.total(envs) : value(part, envs[0] ?? new Map());
      if (found !== null) return found;
    }
    return null;
  }
}

export const and_ = (...parts) => parts.reduce((left, right) => new Operation("and", [left, right]));
export const or_ = (...parts) => parts.reduce((left, right) => new Operation("or", [left, right]));
/** Relations are looked up when they are read. */
const loading = { options: () => loading, joinedload: () => loading, load_only: () => loading };
export const joinedload = () => loading;

class Given extends Expression {
  constructor(name) {
    super();
    this.name = name;
  }

  value(env) {
    return py.item(env.get("values"), this.name) ?? null;
  }

  entities() {
    return [];
  }
}

export const bindparam = Object.assign((name) => new Given(name), { call_: ([name]) => new Given(name) });

/** The same table once more under another name. */
export function aliased(cls) {
  const alias = { of: cls };
  for (const name of Object.keys(cls.tableColumns)) alias[name] = new Column(alias, name);
  return alias;
}

function rowsIn(entity, env) {
  if (entity.select) return entity.select.rows(env).map((row) => ({ ...row.named }));
  return here.rows(entity.of ?? entity);
}

// Selects ------------------------------------------------------------------------------------

export class Select extends Expression {
  #columns;
  #joins = [];
  #where = [];
  #order = [];
  #groups = [];
  #limit = Infinity;
  #distinct = false;
  #exists = false;

  constructor(columns = []) {
    super();
    this.#columns = columns;
  }

  #with(change) {
    const copy = new Select(this.#columns);
    copy.#joins = [...this.#joins];
    copy.#where = [...this.#where];
    copy.#order = [...this.#order];
    copy.#groups = [...this.#groups];
    copy.#limit = this.#limit;
    copy.#distinct = this.#distinct;
    copy.#exists = this.#exists;
    change(copy);
    return copy;
  }

  where(...tests) {
    return this.#with((copy) => copy.#where.push(...tests.flatMap(parted)));
  }

  join(entity, on) {
    return this.#with((copy) => copy.#joins.push({ entity, on: parted(on), outer: false }));
  }

  outerjoin(entity, on) {
    return this.#with((copy) => copy.#joins.push({ entity, on: parted(on), outer: true }));
  }

  order_by(...columns) {
    return this.#with((copy) => copy.#order.push(...columns));
  }

  group_by(...columns) {
    return this.#with((copy) => copy.#groups.push(...columns));
  }

  limit(count) {
    return this.#with((copy) => (copy.#limit = count));
  }

  distinct() {
    return this.#with((copy) => (copy.#distinct = true));
  }

  exists() {
    return this.#with((copy) => (copy.#exists = true));
  }

  scalar_subquery() {
    return this;
  }

  correlate() {
    return this;
  }

  options() {
    return this;
  }

  execution_options() {
    return this;
  }

  with_for_update() {
    return this;
  }

  subquery() {
    const entity = { select: this, c: {} };
    for (const column of this.#columns) entity.c[column.name] = new Column(entity, column.name);
    return entity;
  }

  entities() {
    return []; // what it joins to outside is bound there
  }

  value(env) {
    return this.#exists ? this.#found(env).next().done === false : (this.rows(env)[0]?.[0] ?? null);
  }

  /** Its rows, each an array that also knows its columns by name. */
  rows(env) {
    let found = [...this.#found(env)];
    if (this.#groups.length > 0 || this.#columns.some((column) => column.totals)) return this.#grouped(found);
    const orders = this.#order.map((one) => (one instanceof Ordered ? one : new Ordered(one, 1)));
    if (orders.length > 0) {
      found.sort((a, b) => {
        for (const one of orders) {
          const way = one.order(a, b);
          if (way !== 0) return way;
        }
        return 0;
      });
    }
    if (!this.#distinct) found = found.slice(0, this.#limit);
    const rows = found.map((each) => this.#row((column) => (isTable(column) ? (each.get(column) ?? null) : value(column, each))));
    if (!this.#distinct) return rows;
    return [...new Map(rows.map((row) => [py.keyOf([...row]), row])).values()].slice(0, this.#limit);
  }

  #grouped(found) {
    const groups = this.#groups.length > 0 ? [...grouped(found, (env) => py.keyOf(this.#groups.map((one) => value(one, env)))).values()] : [found];
    return groups.map((envs) =>
      this.#row((column) => (column.totals ? column.total(envs) : value(column, envs[0] ?? new Map()))),
    );
  }

  #row(valueOf) {
    const values = this.#columns.map(valueOf);
    const named = Object.fromEntries(this.#columns.map((column, place) => [column.name, values[place]]));
    for (const [name, each] of Object.entries(named)) {
      if (!(name in values)) Object.defineProperty(values, name, { value: each });
    }
    Object.defineProperty(values, "named", { value: named });
    return values;
  }

  /** Each way to bind the tables in which all tests hold. */
  *#found(outer) {
    const joined = this.#joins.map(({ entity }) => entity);
    const named = [...this.#columns.flatMap((column) => (isTable(column) ? [column] : (column.entities?.() ?? []))), ...this.#where.flatMap((test) => test?.entities?.() ?? [])];
    const base = [...new Set(named)].filter((entity) => !outer.has(entity) && !joined.includes(entity));
    const steps = [...base.map((entity) => ({ entity, on: [], outer: false })), ...this.#joins];
    yield* this.#bound(new Map(outer), steps, 0);
  }

  *#bound(env, steps, place) {
    if (place === steps.length) {
      if (this.#where.every((test) => value(test, env) === true || py.t(value(test, env)))) yield new Map(env);
      return;
    }
    const { entity, on, outer } = steps[place];
    let any = false;
    for (const row of candidates(entity, [...on, ...(outer ? [] : this.#where)], env)) {
      env.set(entity, row);
      if (!on.every((test) => py.t(value(test, env)))) continue;
      any = true;
      yield* this.#bound(env, steps, place + 1);
    }
    if (!any && outer) {
      env.set(entity, null);
      yield* this.#bound(env, steps, place + 1);
    }
    env.delete(entity);
  }
}

/** The rows worth looking at: those with the id that a test asks for, where one does. */
function candidates(entity, tests, env) {
  if (entity.select) return rowsIn(entity, env);
  for (const test of tests) {
    if (test?.kind !== "eq") continue;
    for (const [mine, other] of [test.parts, [...test.parts].reverse()]) {
      if (!(mine instanceof Column) || mine.entity !== entity || !/(^|_)id$/.test(mine.name)) continue;
      const needed = other?.entities?.() ?? [];
      if (!needed.every((each) => env.has(each)) || other instanceof Select) continue;
      const wanted = value(other, env);
      return wanted === null ? [] : here.where(entity.of ?? entity, mine.name, wanted);
    }
  }
  return rowsIn(entity, env);
}

/** `Map.groupBy`, which iPadOS has since 17.4 only. */
function grouped(items, keyOf) {
  const groups = new Map();
  for (const each of items) {
    const key = keyOf(each);
    if (groups.has(key)) groups.get(key).push(each);
    else groups.set(key, [each]);
  }
  return groups;
}

/** The parts of an "and". */
function parted(test) {
  return test instanceof Operation && test.kind === "and" ? test.parts.flatMap(parted) : [test];
}

function isTable(column) {
  return !column?.isExpression;
}

/** What is written by statement is the shop's own book-keeping, of which the tablet has no rows. */
const nowhere = { where: () => nowhere, values: () => nowhere };
export const update = () => nowhere;
export const delete_ = () => nowhere;
/** Several selects as one list. */
export const union = (...selects) => ({ rows: (env) => selects.flatMap((one) => one.rows(env)) });
export const select = (...columns) => new Select(columns);
export const exists = (...columns) => new Select(columns).exists();
