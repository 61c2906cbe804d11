/**
 * Digit keys for the field named by data-for. Types as a person would: the field fires `input`.
 * The field keeps its own keyboard for those who have one; a tap here does not open the tablet's.
 */
class KeyPad extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#press);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#press);
  }

  #press = (event) => {
    const button = event.target.closest("button");
    const field = document.getElementById(this.dataset.for);
    if (!button || !field) return;
    if ("key" in button.dataset) this.#type(field, field.value + button.dataset.key);
    if ("erase" in button.dataset) this.#type(field, field.value.slice(0, -1));
    if ("clear" in button.dataset) this.#type(field, "");
  };

  #type(field, value) {
    if (field.maxLength > 0 && value.length > field.maxLength) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("key-pad", KeyPad);
