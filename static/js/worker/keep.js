/**
 * What the worker remembers from one call to the next: a few values under names, in IndexedDB. Opened
 * for each use: WebKit closes what is held open behind a page that sleeps.
 */
const STORE = "kept";

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} work @returns {Promise<any>} */
function use(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("tablet", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(request.result);
      };
      transaction.onabort = () => reject(transaction.error);
    };
  });
}

/** @param {string} name */
export const kept = (name) => use("readonly", (store) => store.get(name));
/** @param {string} name @param {unknown} value */
export const keep = (name, value) => use("readwrite", (store) => store.put(value, name));
/** @param {string} name */
export const forget = (name) => use("readwrite", (store) => store.delete(name));
/** @returns {Promise<string[]>} */
export const names = () => use("readonly", (store) => store.getAllKeys());
