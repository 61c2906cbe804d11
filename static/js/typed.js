/**
 * Keeps what was typed on a page while its person signs in again. Held in this tab only, for at
 * most half an hour, given back once and only to the same page; secrets and files are never kept.
 */
const KEY = "typed";
const KEEP_MS = 30 * 60 * 1000;
const NEVER = new Set(["password", "file", "hidden", "submit", "button"]);

export function keepTyped() {
  const values = [...fields()].map((field) => [where(field), isTick(field) ? field.checked : field.value]);
  sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, at: Date.now(), values }));
}

export function restoreTyped() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (kept?.page !== location.pathname) return;
  sessionStorage.removeItem(KEY);
  if (Date.now() - kept.at > KEEP_MS) return;
  const values = new Map(kept.values);
  for (const field of fields()) {
    const value = values.get(where(field));
    if (value === undefined) continue;
    if (isTick(field)) field.checked = value;
    else field.value = value;
  }
}

function* fields() {
  for (const form of document.forms) {
    for (const field of form.elements) {
      if (field.name && !NEVER.has(field.type) && "value" in field && !("noKeep" in field.dataset)) yield field;
    }
  }
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

/** The place of a field: its form's address, its name, and for ticks its value. */
function where(field) {
  return [field.form.getAttribute("action"), field.name, isTick(field) ? field.value : ""].join("\n");
}
