import { outbox } from "../offline/outbox.js";

/** @typedef {import("../offline/store.js").Entry} Entry */

/** What a person never types: ids, keys, hashes, signed documents. */
const HIDDEN = /^(id|_key|captured_at|sha256|document|closed_pin|shapes|version|seen|new|tapped)$|_id$/;

/** What waits on this tablet, entry by entry, drawn from the page's own templates. */
class OutboxList extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("outbox:changed", () => this.#draw(), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.addEventListener("submit", (event) => this.#corrected(event), { signal });
    this.#draw();
    this.#askWhetherItStays();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {MouseEvent} event */
  async #clicked(event) {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    if ("send" in button.dataset) await outbox.flush();
    if ("export" in button.dataset) save(await outbox.exportAll());
    if ("drop" in button.dataset) await outbox.drop(idOf(button));
  }

  /** Nothing changed: the same request once more; else a new one for the same row. @param {SubmitEvent} event */
  async #corrected(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-correct]")) return;
    event.preventDefault();
    const id = idOf(form);
    const entry = (await outbox.list()).find((one) => one.id === id);
    if (!entry) return;
    /** @type {[string, string][]} */
    const fields = entry.fields.map(([name, value], place) => {
      const input = form.querySelector(`input[data-place="${place}"]`);
      return [name, input instanceof HTMLInputElement ? input.value : value];
    });
    const isSame = fields.every(([, value], place) => value === entry.fields[place][1]);
    await (isSame ? outbox.retry(id) : outbox.correct(id, fields));
  }

  async #askWhetherItStays() {
    const stays = (await navigator.storage?.persisted?.().catch(() => true)) ?? true;
    this.querySelector("[data-may-go]")?.toggleAttribute("hidden", stays);
  }

  async #draw() {
    const entries = await outbox.list().catch(() => []);
    if (!this.isConnected || this.contains(document.activeElement?.closest("input") ?? null)) return;
    const list = this.querySelector("[data-list]");
    list?.replaceChildren(...entries.map((entry) => this.#row(entry)));
    for (const part of this.querySelectorAll("[data-list], [data-some]")) {
      part.toggleAttribute("hidden", entries.length === 0);
    }
    this.querySelector("[data-none]")?.toggleAttribute("hidden", entries.length > 0);
    const photos = entries.filter(({ kind }) => kind === "photo").length;
    write(this.querySelector('[data-sum="rows"]'), String(entries.length - photos));
    write(this.querySelector('[data-sum="photos"]'), String(photos));
    const { at } = outbox.connection.contact;
    if (at) write(this.querySelector("[data-last-contact]"), clock(at));
  }

  /** @param {Entry} entry */
  #row(entry) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector("template[data-entry]"));
    const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    const at = (/** @type {string} */ part) => /** @type {HTMLElement} */ (row.querySelector(`[data-${part}]`));
    row.dataset.entry = entry.id;
    at("what").textContent = this.#nameOf(entry);
    at("captured").textContent = moment(entry.capturedAt);
    at("captured").setAttribute("datetime", entry.capturedAt);
    const isParked = entry.state === "parked";
    for (const part of ["parked", "problem", "correct"]) at(part).hidden = !isParked;
    at("problem").textContent = entry.problem?.text ?? "";
    at("claimed").hidden = !entry.claim;
    at("visit").hidden = !entry.visit;
    at("visit").setAttribute("href", `/visits/${entry.visit}`);
    if (isParked) at("fields").replaceChildren(...this.#inputs(entry));
    if (entry.kind === "photo") this.#show(entry, /** @type {HTMLImageElement} */ (at("photo")));
    return row;
  }

  /** What was entered, readable and to be corrected. @param {Entry} entry */
  #inputs(entry) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector("template[data-field-input]"));
    return entry.fields.flatMap(([name, value], place) => {
      if (HIDDEN.test(name)) return [];
      const field = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
      write(field.querySelector("[data-name]"), this.#word("field", name) || name);
      const input = /** @type {HTMLInputElement} */ (field.querySelector("input"));
      input.value = value;
      input.dataset.place = String(place);
      return [field];
    });
  }

  /** @param {Entry} entry @param {HTMLImageElement} image */
  async #show(entry, image) {
    const [bytes] = await outbox.store.bytes(entry.id).catch(() => []);
    if (!bytes) return;
    const url = URL.createObjectURL(new Blob([bytes], { type: entry.files[0]?.type }));
    image.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
    image.src = url;
    image.hidden = false;
  }

  /** The page's own word for the last noun of the entry's address, and for the act. @param {Entry} entry */
  #nameOf({ url }) {
    const nouns = url.split("?")[0].split("/").reverse();
    const known = nouns.find((noun) => this.#word("noun", noun)) ?? "";
    const act = this.#word("act", nouns[0]);
    return this.#word("noun", known) + (act && `: ${act}`);
  }

  /** @param {"noun" | "act" | "field"} kind @param {string} code */
  #word(kind, code) {
    return this.querySelector(`[data-${kind}="${CSS.escape(code)}"]`)?.textContent ?? "";
  }
}

/** @param {Element} part */
function idOf(part) {
  return part.closest("li")?.dataset.entry ?? "";
}

/** @param {Element | null} slot @param {string} text */
function write(slot, text) {
  if (slot && slot.textContent !== text) slot.textContent = text;
}

/** @param {number} at */
function clock(at) {
  const language = document.documentElement.lang || undefined;
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** @param {string} iso */
function moment(iso) {
  const language = document.documentElement.lang || undefined;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" }).format(new Date(iso));
}

/** @param {File} file */
function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

customElements.define("outbox-list", OutboxList);
