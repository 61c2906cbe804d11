import { fractionIn, thinned } from "../lib/geometry.js";
import { pathOf, PEN_SHARE } from "../lib/shapes.js";
import { outbox } from "../offline/outbox.js";

/** Pen points nearer than this share of the photo add nothing. */
const PEN_STEP = 0.004;
/** A tap that was meant for something else. */
const SMALLEST_SHAPE = 0.01;
const WORD_SHARE = 1 / 24;

/** @typedef {import("../lib/shapes.js").Shape} Shape */

/** Drawing on a photo: vectors over the untouched picture, kept by leaving. */
class PhotoAnnotator extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {Shape[]} */
  #shapes = [];
  /** @type {Shape | null} */
  #drawing = null;
  #saved = "[]";

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    const layer = this.#layer;
    const image = this.querySelector("img");
    if (!layer || !image || !this.#field) return;
    this.#shapes = JSON.parse(this.#field.value || "[]");
    this.#saved = JSON.stringify(this.#shapes);
    layer.style.touchAction = "none";
    layer.addEventListener("pointerdown", (event) => this.#start(event), { signal });
    layer.addEventListener("pointermove", (event) => this.#draw(event), { signal });
    layer.addEventListener("pointerup", (event) => this.#end(event), { signal });
    layer.addEventListener("pointercancel", () => this.#cancel(), { signal });
    image.addEventListener("load", () => this.#show(), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.#form?.addEventListener("submit", () => this.#keep(), { signal, capture: true });
    this.closest("dialog")?.addEventListener("close", () => this.leave(), { signal });
    addEventListener("pagehide", () => this.leave(), { signal });
    document.addEventListener("visibilitychange", () => this.#hidden(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.leave();
  }

  /** Keeps what was drawn, if anything changed. @returns {Promise<unknown>} */
  async leave() {
    const form = this.#form;
    if (!form || this.#now === this.#saved) return;
    this.#keep();
    const put = outbox.put(form);
    this.dispatchEvent(new CustomEvent("annotation:kept", { bubbles: true }));
    await put;
  }

  #hidden() {
    if (document.visibilityState === "hidden") this.leave();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-undo]")) this.#change(this.#shapes.slice(0, -1));
    if (target.closest("[data-clear]")) this.#change([]);
    const link = target.closest("a[data-leave]");
    if (link instanceof HTMLAnchorElement && this.#now !== this.#saved) {
      event.preventDefault();
      this.leave().then(() => location.assign(link.href));
    } else if (target.closest("[data-leave]")) this.leave();
  }

  /** @param {PointerEvent} event */
  #start(event) {
    if (!event.isPrimary) return;
    this.#layer?.setPointerCapture(event.pointerId);
    const kind = /** @type {Shape["kind"]} */ (this.#choice("tool") || "arrow");
    const colour = this.#choice("colour") === "2" ? 2 : 1;
    const at = this.#at(event);
    this.#drawing = { kind, colour, points: [at, at] };
    if (kind === "word") this.#drawing = { kind, colour, points: [at], text: this.#word };
  }

  /** @param {PointerEvent} event */
  #draw(event) {
    const shape = this.#drawing;
    if (!shape || !event.isPrimary) return;
    const at = this.#at(event);
    if (shape.kind === "word") shape.points = [at];
    else if (shape.kind === "pen") {
      const events = event.getCoalescedEvents?.() ?? [];
      shape.points.push(...(events.length ? events : [event]).map((each) => this.#at(each)));
    } else shape.points = [shape.points[0], at];
    this.#show();
  }

  /** @param {PointerEvent} event */
  #end(event) {
    const shape = this.#drawing;
    if (!shape || !event.isPrimary) return;
    this.#drawing = null;
    if (shape.kind === "pen") {
      const points = shape.points.map(([x, y]) => ({ x, y }));
      shape.points = thinned(points, PEN_STEP).map(({ x, y }) => [x, y]);
    }
    if (shape.kind === "word" ? !shape.text : extent(shape) < SMALLEST_SHAPE) {
      this.#show();
      if (shape.kind === "word") this.querySelector("input[data-word]")?.dispatchEvent(new Event("focus"));
      return;
    }
    this.#change([...this.#shapes, shape]);
  }

  #cancel() {
    this.#drawing = null;
    this.#show();
  }

  /** @param {Shape[]} shapes */
  #change(shapes) {
    this.#shapes = shapes;
    if (this.#field) this.#field.value = this.#now;
    this.#show();
    this.dispatchEvent(new CustomEvent("annotation:changed", { bubbles: true }));
  }

  /** The form holds what is drawn, and it is not sent a second time. */
  #keep() {
    if (this.#field) this.#field.value = this.#now;
    this.#saved = this.#now;
  }

  get #now() {
    return JSON.stringify(this.#shapes);
  }

  get #form() {
    return this.querySelector("form");
  }

  get #field() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector('input[name="shapes"]'));
  }

  get #layer() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector("svg[data-layer]"));
  }

  get #word() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input[data-word]"))?.value.trim() ?? "";
  }

  /** @param {string} group */
  #choice(group) {
    const chosen = this.querySelector(`input[data-${group}]:checked`);
    return chosen instanceof HTMLInputElement ? chosen.value : "";
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #at(event) {
    const box = /** @type {SVGSVGElement} */ (this.#layer).getBoundingClientRect();
    const { x, y } = fractionIn({ x: event.clientX, y: event.clientY }, box);
    return [x, y];
  }

  #show() {
    const layer = this.#layer;
    const image = this.querySelector("img");
    if (!layer || !image?.naturalWidth) return;
    const { naturalWidth: width, naturalHeight: height } = image;
    layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    layer.setAttribute("preserveAspectRatio", "none");
    const all = this.#drawing ? [...this.#shapes, this.#drawing] : this.#shapes;
    layer.replaceChildren(...all.flatMap((shape) => this.#drawn(shape, width, height)));
    for (const button of this.querySelectorAll("button[data-undo], button[data-clear]")) {
      /** @type {HTMLButtonElement} */ (button).disabled = this.#shapes.length === 0;
    }
  }

  /** @param {Shape} shape @param {number} width @param {number} height @returns {Element[]} */
  #drawn(shape, width, height) {
    const name = shape.kind === "word" ? "word" : "line";
    const template = this.querySelector(`template[data-shape="${name}"]`);
    const model = template instanceof HTMLTemplateElement && template.content.querySelector("g");
    if (!model) return [];
    const group = /** @type {SVGGElement} */ (document.importNode(model, true));
    const pen = Math.max(width, height) * PEN_SHARE;
    group.setAttribute("data-colour", String(shape.colour));
    group.setAttribute("data-kind", shape.kind);
    for (const part of group.children) {
      part.setAttribute("stroke-width", String(part.matches("[data-halo]") ? pen * 1.9 : pen));
      if (shape.kind === "word") {
        const [x, y] = shape.points[0];
        part.setAttribute("x", String(x * width));
        part.setAttribute("y", String(y * height));
        part.setAttribute("font-size", String(Math.max(width, height) * WORD_SHARE));
        part.textContent = shape.text ?? "";
      } else part.setAttribute("d", pathOf(shape, width, height));
    }
    return [group];
  }
}

/** @param {Shape} shape */
function extent({ points }) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}

customElements.define("photo-annotator", PhotoAnnotator);
