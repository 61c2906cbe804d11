/**
 * Drags the shape of a cabinet: from the first hook to where the finger is. The numbers beside it
 * say the same and can be typed.
 */
class GridShape extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  #isDragging = false;

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("pointerdown", (event) => this.#begin(event), { signal });
    this.addEventListener("pointermove", (event) => this.#isDragging && this.#shape(event), { signal });
    for (const end of ["pointerup", "pointercancel"]) {
      this.addEventListener(end, () => (this.#isDragging = false), { signal });
    }
    for (const field of this.#fields()) field?.addEventListener("input", () => this.#paint(), { signal });
    this.#paint();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @returns {(HTMLInputElement | null)[]} rows, columns */
  #fields() {
    return ["rows", "columns"].map((name) => document.getElementById(this.dataset[name] ?? name))
      .map((field) => (field instanceof HTMLInputElement ? field : null));
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    this.#isDragging = true;
    this.setPointerCapture(event.pointerId);
    this.#shape(event);
  }

  /** @param {PointerEvent} event */
  #shape(event) {
    const box = this.getBoundingClientRect();
    const { maxRows = "10", maxColumns = "12" } = this.dataset;
    const part = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ most) =>
      Math.min(most, Math.max(1, Math.ceil((at / size) * most)));
    const [rows, columns] = this.#fields();
    if (rows) rows.value = String(part(event.clientY - box.top, box.height, Number(maxRows)));
    if (columns) columns.value = String(part(event.clientX - box.left, box.width, Number(maxColumns)));
    this.#paint();
  }

  #paint() {
    const { maxRows = "10", maxColumns = "12" } = this.dataset;
    const [rows, columns] = this.#fields().map((field) => Number(field?.value) || 1);
    this.style.setProperty("--rows", String(Math.min(rows, Number(maxRows)) / Number(maxRows)));
    this.style.setProperty("--columns", String(Math.min(columns, Number(maxColumns)) / Number(maxColumns)));
  }
}

customElements.define("grid-shape", GridShape);
