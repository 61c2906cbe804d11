/** Minus and plus around a number field; the field fires `change`, so a form may save itself. */
class NumberStepper extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#step);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#step);
  }

  #step = (event) => {
    const button = event.target.closest("[data-step]");
    const field = this.querySelector("input");
    if (!button || !field) return;
    const wanted = (Number(field.value) || 0) + Number(button.dataset.step);
    const value = Math.min(Number(field.max), Math.max(Number(field.min), wanted));
    if (String(value) === field.value) return;
    field.value = String(value);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
}

customElements.define("number-stepper", NumberStepper);
