import { outbox } from "../offline/outbox.js";

/** @typedef {import("../offline/store.js").Entry} Entry */

/** What waits on this tablet, entry by entry, drawn from the page's own template. */
class OutboxList extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("outbox:changed", () => this.#draw(), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {MouseEvent} event */
  async #clicked(event) {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    const id = button.closest("li")?.dataset.entry ?? "";
    if ("send" in button.dataset) await outbox.flush();
    if ("export" in button.dataset) save(await outbox.exportAll());
    if ("retry" in button.dataset) await outbox.retry(id);
    if ("drop" in button.dataset) await outbox.drop(id);
  }

  async #draw() {
    const entries = await outbox.list().catch(() => []);
    if (!this.isConnected) return;
    const list = this.querySelector("[data-list]");
    list?.replaceChildren(...entries.map((entry) => this.#row(entry)));
    for (const part of this.querySelectorAll("[data-list], [data-some]")) {
      part.toggleAttribute("hidden", entries.length === 0);
    }
    this.querySelector("[data-none]")?.toggleAttribute("hidden", entries.length > 0);
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
    for (const part of ["parked", "problem", "retry", "delete"]) at(part).hidden = !isParked;
    at("problem").textContent = entry.problem?.text ?? "";
    at("visit").hidden = !entry.visit;
    at("visit").setAttribute("href", `/visits/${entry.visit}`);
    return row;
  }

  /** The page's own word for the last noun of the entry's address. @param {Entry} entry */
  #nameOf({ url }) {
    const nouns = url.split("?")[0].split("/").reverse();
    const known = nouns.find((noun) => this.querySelector(`[data-noun="${CSS.escape(noun)}"]`)) ?? "";
    return this.querySelector(`[data-noun="${CSS.escape(known)}"]`)?.textContent ?? "";
  }
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
