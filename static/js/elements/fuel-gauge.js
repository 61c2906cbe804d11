import { bearing, clamp, valueAt } from "../lib/geometry.js";

/** A gauge whose needle is dragged; the value lives in the form field inside. */
class FuelGauge extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    const dial = this.#dial;
    if (!dial || !this.#field) return;
    dial.style.touchAction = "none";
    dial.addEventListener("pointerdown", (event) => this.#grab(event), { signal });
    dial.addEventListener("pointermove", (event) => this.#drag(event), { signal });
    dial.addEventListener("pointerup", (event) => this.#letGo(event), { signal });
    dial.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#field.addEventListener("input", () => this.#show(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (!event.isPrimary) return;
    this.#dial?.setPointerCapture(event.pointerId);
    this.toggleAttribute("data-dragging", true);
    this.#point(event);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (this.hasAttribute("data-dragging") && event.isPrimary) this.#point(event);
  }

  /** @param {PointerEvent} event */
  #letGo(event) {
    if (!event.isPrimary || !this.hasAttribute("data-dragging")) return;
    this.removeAttribute("data-dragging");
    this.#field?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const now = Number(this.#field?.value || 0);
    const large = Math.max(1, Math.round(this.#steps / 4));
    const next = {
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      PageUp: now + large,
      PageDown: now - large,
      Home: 0,
      End: this.#steps,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#set(clamp(next, 0, this.#steps));
    this.#field?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  get #dial() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector("svg[data-dial]"));
  }

  get #field() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input[data-value]"));
  }

  get #steps() {
    return Number(this.dataset.steps ?? 8);
  }

  get #scale() {
    const [x, y] = (this.dataset.pivot ?? "100 100").split(/[ ,]+/).map(Number);
    return { x, y, from: Number(this.dataset.from ?? -60), to: Number(this.dataset.to ?? 60) };
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const matrix = this.#dial?.getScreenCTM();
    if (!matrix) return;
    const { from, to, ...pivot } = this.#scale;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    this.#set(valueAt(bearing(pivot, at), from, to, this.#steps));
  }

  /** @param {number} value */
  #set(value) {
    const field = this.#field;
    if (!field || field.value === String(value)) return;
    field.value = String(value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Only turns what the page drew. */
  #show() {
    const text = this.#field?.value ?? "";
    const value = clamp(Number(text), 0, this.#steps);
    const { x, y, from, to } = this.#scale;
    const angle = from + ((to - from) * value) / this.#steps;
    this.toggleAttribute("data-unread", text === "");
    this.querySelector("[data-needle]")?.setAttribute("transform", `rotate(${angle} ${x} ${y})`);
    const filled = `${(100 * value) / this.#steps} 100`;
    this.querySelector("[data-level]")?.setAttribute("stroke-dasharray", filled);
    const level = text === "" ? 0 : (value / this.#steps) * 100;
    this.querySelector("[data-level]")?.setAttribute("stroke-dasharray", `${level} 100`);
    const labels = JSON.parse(this.dataset.labels ?? "[]");
    const words = text === "" ? "" : (labels[value] ?? `${value}${this.dataset.suffix ?? ""}`);
    for (const slot of this.querySelectorAll("output[data-reading]")) slot.textContent = words;
    const dial = this.#dial;
    dial?.setAttribute("aria-valuemin", "0");
    dial?.setAttribute("aria-valuemax", String(this.#steps));
    dial?.setAttribute("aria-valuenow", String(value));
    dial?.setAttribute("aria-valuetext", words);
  }
}

customElements.define("fuel-gauge", FuelGauge);
