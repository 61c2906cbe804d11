/**
 * Every entry with its files, as one file that any running server can import.
 * @param {import("./store.js").Store} store
 * @returns {Promise<File>}
 */
export async function exportFile(store) {
  const entries = [];
  for (const entry of await store.all()) {
    const bytes = await store.bytes(entry.id);
    const contents = await Promise.all(bytes.map(base64));
    const files = entry.files.map((file, index) => ({ ...file, base64: contents[index] }));
    entries.push({ ...entry, files });
  }
  const at = new Date().toISOString();
  const json = JSON.stringify({ format: "outbox", version: 1, at, entries });
  const name = `outbox-${at.replace(/[:.]/g, "-")}.json`;
  return new File([json], name, { type: "application/json" });
}

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
function base64(bytes) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
  });
}
