import { platePaint } from "../lib/plate-paint.js";

/** Takes the paint of the plate while it is typed: blue, green or yellow as on the road. */
class PlateField extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this.#paint);
    this.addEventListener("keydown", this.#hold);
    this.#paint();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#paint);
    this.removeEventListener("keydown", this.#hold);
  }

  /** A hand scanner ends with Enter; that looks the plate up, and never takes the car in. */
  #hold = (event) => {
    if (event.key === "Enter") event.preventDefault();
  };

  #paint = () => {
    this.dataset.paint = platePaint(this.querySelector("input")?.value ?? "");
  };
}

customElements.define("plate-field", PlateField);
