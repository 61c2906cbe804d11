import { outbox } from "../offline/outbox.js";

/** What is only on this tablet, said by the page's own templates. */
class OutboxStatus extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {ChildNode[]} */
  #shown = [];

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    document.addEventListener("outbox:changed", () => this.#update(), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.#update();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-send-now]")) outbox.flush();
  }

  async #update() {
    const counts = await outbox.counts(this.dataset.visit || undefined).catch(() => null);
    if (!counts || !this.isConnected) return;
    const state = counts.parked > 0 ? "parked" : counts.waiting > 0 ? "waiting" : "safe";
    this.dataset.connection = outbox.connection.state;
    if (this.dataset.state !== state || this.#shown.length === 0) this.#show(state);
    for (const slot of this.querySelectorAll("[data-count]")) {
      const name = /** @type {keyof typeof counts} */ (/** @type {HTMLElement} */ (slot).dataset.count);
      write(slot, String(counts[name]));
    }
    const { at } = outbox.connection.contact;
    for (const slot of this.querySelectorAll("time[data-last-contact]")) {
      if (at) write(slot, clock(at));
    }
  }

  /** @param {string} state */
  #show(state) {
    const template = this.querySelector(`template[data-state="${state}"]`);
    for (const node of this.#shown) node.remove();
    this.#shown = [];
    this.dataset.state = state;
    if (!(template instanceof HTMLTemplateElement)) return;
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    this.#shown = [...copy.childNodes];
    this.append(copy);
  }
}

/** Writing the same again would be read out again. @param {Element} slot @param {string} text */
function write(slot, text) {
  if (slot.textContent !== text) slot.textContent = text;
}

/** @param {number} at */
function clock(at) {
  const language = document.documentElement.lang || undefined;
  const options = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return new Intl.DateTimeFormat(language, options).format(at);
}

customElements.define("outbox-status", OutboxStatus);
