import { platePaint } from "../lib/plate-paint.js";

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
    this.dataset.paint = platePaint(this.querySelector("input")?.value ?? "");
  };
}

customElements.define("plate-field", PlateField);
