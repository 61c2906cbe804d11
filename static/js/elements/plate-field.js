import { plateStyle } from "../lib/plate-style.js";

/** Takes the paint of the plate while it is typed: blue, green or yellow as on the road. */
class PlateField extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this.#paint);
    this.#paint();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#paint);
  }

  #paint = () => {
    this.dataset.style = plateStyle(this.querySelector("input")?.value ?? "");
  };
}

customElements.define("plate-field", PlateField);
