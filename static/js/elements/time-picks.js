/** Free times for the field named by data-for: a tap puts one in. */
class TimePicks extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pick);
    document.addEventListener("input", this.#typed);
    this.#show();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#pick);
    document.removeEventListener("input", this.#typed);
  }

  #pick = (event) => {
    const value = event.target.closest("[data-value]")?.dataset.value;
    const field = this.#field;
    if (!value || !field) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  #typed = (event) => {
    if (event.target === this.#field) this.#show();
  };

  get #field() {
    return document.getElementById(this.dataset.for);
  }

  #show() {
    for (const button of this.querySelectorAll("[data-value]")) {
      button.setAttribute("aria-pressed", String(button.dataset.value === this.#field?.value));
    }
  }
}

customElements.define("time-picks", TimePicks);
