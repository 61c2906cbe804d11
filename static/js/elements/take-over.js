import { takeOver } from "../offline/claims.js";
import { outbox } from "../offline/outbox.js";

/** Tap a name, type the PIN: the tablet is that person's until the shop can check it. */
class TakeOver extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  #person = { id: "", name: "" };

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("click", (event) => this.#tapped(event), { signal });
    this.addEventListener("submit", (event) => this.#submitted(event), { signal });
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {MouseEvent} event */
  #tapped(event) {
    const tile = /** @type {Element} */ (event.target).closest("button[data-person]");
    if (!(tile instanceof HTMLElement)) return;
    const name = tile.querySelector("[data-name]")?.textContent ?? "";
    this.#person = { id: tile.dataset.person ?? "", name };
    for (const other of this.querySelectorAll("button[data-person]")) {
      other.setAttribute("aria-pressed", String(other === tile));
    }
    const chosen = this.querySelector("[data-chosen]");
    if (chosen) chosen.textContent = name;
    this.#form.hidden = false;
    this.#pin.focus();
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    event.preventDefault();
    const pin = this.#pin.value;
    this.#pin.value = "";
    await takeOver(outbox, this.#person, pin, this.dataset.key ?? "");
    location.assign(this.dataset.then ?? "/");
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get #pin() {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem("pin"));
  }
}

customElements.define("take-over", TakeOver);
