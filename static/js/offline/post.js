const ROW_TIMEOUT_MS = 20_000;
const PHOTO_TIMEOUT_MS = 300_000;

/**
 * @typedef {import("./store.js").Entry} Entry
 * @typedef {{status: number, headers: Headers, text: string, url: string, redirected: boolean}} Answer
 */

/**
 * Sends an entry: the same request to the same address, each time.
 * @param {Entry} entry
 * @param {ArrayBuffer[]} bytes of its files
 * @returns {Promise<Answer | null>} null where the server was not reached, or not to the end
 */
export async function post(entry, bytes) {
  try {
    const response = await fetch(entry.url, {
      method: "POST",
      mode: "same-origin",
      cache: "no-store",
      body: bodyOf(entry, bytes),
      headers: {
        ...entry.headers,
        "Idempotency-Key": entry.id,
        "X-Captured-At": entry.capturedAt,
        "X-Clock-Offset": String(entry.clockOffset),
        ...(entry.author && { "X-Author": entry.author }),
        ...(entry.claim && { "X-Claim": entry.claim }),
      },
      signal: AbortSignal.timeout(entry.kind === "photo" ? PHOTO_TIMEOUT_MS : ROW_TIMEOUT_MS),
    });
    const { status, headers, url, redirected } = response;
    return { status, headers, url, redirected, text: await response.text() };
  } catch {
    return null;
  }
}

/** @param {Entry} entry @param {ArrayBuffer[]} bytes */
function bodyOf(entry, bytes) {
  if (entry.files.length === 0) return new URLSearchParams(entry.fields);
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  entry.files.forEach(({ name, filename, type }, index) => {
    body.append(name, new File([bytes[index]], filename, { type }));
  });
  return body;
}
