const NAME = "outbox";
const DATABASE_VERSION = 1;
/** Rows carry the version of their own shape; `readable` must go on reading every older one. */
export const ROW_VERSION = 2;

/**
 * One request that waits on this tablet.
 *
 * @typedef {object} Entry
 * @property {number} [seq] order of capture, given by the store
 * @property {string} id idempotency key
 * @property {number} version shape of this row
 * @property {string} url path on our own server
 * @property {string} visit id of the visit, or ""
 * @property {"row" | "photo"} kind
 * @property {string | null} row id of the row that the request makes
 * @property {[string, string][]} fields
 * @property {{name: string, filename: string, type: string, size: number}[]} files
 * @property {Record<string, string>} headers
 * @property {string} author id of the person who captured it, or ""
 * @property {string} claim id of the claim in whose name it was captured, or "" (since version 2)
 * @property {string} tablet id of this tablet as the shop knows it, or "" (since version 2)
 * @property {string} capturedAt ISO time by this tablet's clock
 * @property {number} clockOffset milliseconds to add to it
 * @property {string | null} sha256 of the photo, which the server must name
 * @property {"waiting" | "parked"} state
 * @property {number} tries answers of 5xx so far
 * @property {{status: number, text: string, at: string} | null} problem
 */

/** Entries and the bytes of their files, in IndexedDB. */
export class Store {
  /** @type {Promise<IDBDatabase> | null} */
  #opened = null;

  /**
   * Keeps an entry with its files: both or neither, on the disk when the promise resolves.
   * Bytes are ArrayBuffers: Safari loses Blobs kept in IndexedDB.
   * @param {Entry} entry
   * @param {ArrayBuffer[]} bytes one for each of `entry.files`
   */
  add(entry, bytes) {
    return this.#run("readwrite", (entries, blobs) => {
      const added = entries.add(entry);
      bytes.forEach((content, index) => blobs.put({ entry: entry.id, index, content }));
      return added;
    });
  }

  /** All entries, in the order of capture, without their files. @returns {Promise<Entry[]>} */
  async all() {
    return (await this.#run("readonly", (entries) => entries.getAll())).map(readable);
  }

  /**
   * The bytes of an entry's files.
   * @param {string} id
   * @returns {Promise<ArrayBuffer[]>}
   */
  async bytes(id) {
    const found = await this.#run("readonly", (_entries, blobs) => blobs.getAll(filesOf(id)));
    return found.map((file) => file.content);
  }

  /** Writes an entry again; one that is gone stays gone. @param {Entry} entry */
  change(entry) {
    return this.#run("readwrite", (entries) => {
      const found = entries.count(entry.seq);
      found.onsuccess = () => {
        if (found.result) entries.put(entry);
        found.transaction?.commit();
      };
      return found;
    });
  }

  /**
   * Puts a corrected entry in the place of another, with the same files; both or neither.
   * @param {Entry} old
   * @param {Entry} entry
   * @param {ArrayBuffer[]} bytes
   */
  replace(old, entry, bytes) {
    return this.#run("readwrite", (entries, blobs) => {
      blobs.delete(filesOf(old.id));
      bytes.forEach((content, index) => blobs.put({ entry: entry.id, index, content }));
      return entries.put({ ...entry, seq: old.seq });
    });
  }

  /** @param {Entry} entry */
  remove(entry) {
    return this.#run("readwrite", (entries, blobs) => {
      blobs.delete(filesOf(entry.id));
      return entries.delete(entry.seq);
    });
  }

  /** The open database. @returns {Promise<IDBDatabase>} */
  handle() {
    this.#opened ??= open(() => (this.#opened = null)).catch((problem) => {
      this.#opened = null;
      throw problem;
    });
    return this.#opened;
  }

  /**
   * WebKit closes IndexedDB under a page in the background; the next use throws. So: open again
   * and try once more.
   * @param {IDBTransactionMode} mode
   * @param {(entries: IDBObjectStore, blobs: IDBObjectStore) => IDBRequest} work
   * @returns {Promise<any>}
   */
  async #run(mode, work) {
    try {
      return await transact(await this.handle(), mode, work);
    } catch (problem) {
      if (problem?.name === "QuotaExceededError" || problem?.name === "ConstraintError") {
        throw problem;
      }
      this.#opened = null;
      return transact(await this.handle(), mode, work);
    }
  }
}

/**
 * All is asked at once and the end is said at once: WebKit freezes a page that is left, and what it
 * had open would lock the store against the next page.
 * @param {IDBDatabase} database
 * @param {IDBTransactionMode} mode
 * @param {(entries: IDBObjectStore, blobs: IDBObjectStore) => IDBRequest} work
 */
function transact(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(["entries", "blobs"], mode, { durability: "strict" });
    const request = work(transaction.objectStore("entries"), transaction.objectStore("blobs"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
    transaction.onerror = () => reject(transaction.error ?? request.error);
    if (!request.onsuccess) transaction.commit(); // who goes on from a first answer says so itself
  });
}

/**
 * @param {() => void} onLost
 * @returns {Promise<IDBDatabase>}
 */
function open(onLost) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, DATABASE_VERSION);
    request.onupgradeneeded = () => {
      const entries = request.result.createObjectStore("entries", {
        keyPath: "seq",
        autoIncrement: true,
      });
      entries.createIndex("id", "id", { unique: true });
      request.result.createObjectStore("blobs", { keyPath: ["entry", "index"] });
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = onLost;
      database.onversionchange = () => {
        database.close();
        onLost();
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} id */
function filesOf(id) {
  return IDBKeyRange.bound([id, 0], [id, Infinity]);
}

/**
 * A stored row in today's shape, whichever version wrote it.
 * @param {Partial<Entry>} stored
 * @returns {Entry}
 */
export function readable(stored) {
  return {
    version: ROW_VERSION,
    visit: "",
    kind: "row",
    row: null,
    fields: [],
    files: [],
    headers: {},
    author: "",
    claim: "",
    tablet: "",
    clockOffset: 0,
    sha256: null,
    state: "waiting",
    tries: 0,
    problem: null,
    .../** @type {Entry} */ (stored),
  };
}
