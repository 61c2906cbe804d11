/** Shows an item that is kept on this tablet at once; the server's own list replaces it. */
class KeptItems extends HTMLElement {
  /** @type {string} */
  #words = "";

  connectedCallback() {
    this.addEventListener("submit", this.#asked, true);
    this.addEventListener("outbox:saved", this.#kept);
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#asked, true);
    this.removeEventListener("outbox:saved", this.#kept);
  }

  /** @param {SubmitEvent} event */
  #asked = (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const field = form.elements.namedItem("description");
    this.#words = field instanceof HTMLInputElement ? field.value : event.submitter?.textContent?.trim() ?? "";
  };

  /** @param {Event} event */
  #kept = (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const template = this.querySelector("template[data-kept-item]");
    if (!form.elements.namedItem("new") || !this.#words || !(template instanceof HTMLTemplateElement)) return;
    const item = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
    const words = item.querySelector("[data-words]");
    if (words) words.textContent = this.#words;
    this.querySelector("[data-items]")?.append(item);
    this.#words = "";
    form.reset();
  };
}

customElements.define("kept-items", KeptItems);
