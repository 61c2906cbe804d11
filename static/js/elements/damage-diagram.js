import { drawingAt } from "../lib/drawings.js";
import { distance, fractionIn } from "../lib/geometry.js";
import { Viewport } from "../lib/pinch.js";
import { Pins } from "../lib/pins.js";
import { centreOf, FINGERTIP_PX, nearestThatWay, zonesAt } from "../lib/zones.js";

const TAP_SLOP_PX = 8;
const DOUBLE_TAP_MS = 220;
const ZOOM_STEP = 2;

/** @type {Map<string, import("../lib/geometry.js").Box>} what was seen, by element id and drawing */
const lastSeen = new Map();

/** @typedef {{zone: string, x: number, y: number, candidates: string[]}} Place */

/** The unfolded car: a tap finds its zone, marks stand where they were put. */
class DamageDiagram extends HTMLElement {
  static observedAttributes = ["src", "data-focus"];
  /** @type {AbortController | undefined} */
  #life;
  /** @type {MutationObserver | undefined} */
  #observer;
  /** @type {SVGSVGElement | null} */
  #svg = null;
  /** @type {Pins | null} */
  #pins = null;
  /** @type {Viewport | null} */
  #view = null;
  /** @type {Map<number, {x: number, y: number}>} fingers on the glass, client px */
  #fingers = new Map();
  /** @type {{at: {x: number, y: number}, pin: SVGElement | null, moved: boolean} | null} */
  #gesture = null;
  /** @type {{timer: ReturnType<typeof setTimeout>, at: {x: number, y: number}} | null} */
  #tapped = null;
  #shownSrc = "";
  #drawn = "";
  #zone = "";

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.#observer?.disconnect();
    this.#observer = new MutationObserver(() => this.#listChanged());
    this.#observer.observe(this, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["data-x", "data-y", "data-number", "data-known"],
    });
    this.#load();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#observer?.disconnect();
    if (this.#tapped) clearTimeout(this.#tapped.timer);
    this.#fingers.clear();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (!this.isConnected) return;
    if (name === "src") this.#load();
    else this.#focus();
  }

  /** Zooms about the middle: in, out, or all. @param {"in" | "out" | "all"} how */
  zoom(how) {
    if (!this.#view) return;
    if (how === "all") this.#view.seen = this.#view.whole;
    else {
      const factor = how === "in" ? ZOOM_STEP : 1 / ZOOM_STEP;
      this.#view.zoomTo(this.#view.zoom * factor, this.#view.at({ x: 0.5, y: 0.5 }));
    }
    this.#look();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {Element} */ (event.target).closest("[data-zoom]");
    if (button instanceof HTMLElement) this.zoom(/** @type {any} */ (button.dataset.zoom));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    const at = pointOf(event);
    this.#svg?.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, at);
    if (this.#fingers.size > 1) {
      if (this.#gesture?.pin) this.#drawPins();
      this.#gesture = null;
      this.#highlight("");
      return;
    }
    this.#gesture = { at, pin: this.#pins?.at(at) ?? null, moved: false };
    if (!this.#gesture.pin) this.#highlight(zonesAt(this.#svg, at)[0] ?? "");
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const before = this.#fingers.get(event.pointerId);
    if (!before || !this.#view || !this.#svg) return;
    const others = [...this.#fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const after = pointOf(event);
    this.#fingers.set(event.pointerId, after);
    const gesture = this.#gesture;
    if (gesture && !gesture.moved && distance(gesture.at, after) < TAP_SLOP_PX) return;
    if (gesture) gesture.moved = true;
    if (gesture?.pin) {
      if (gesture.pin.hasAttribute("data-known")) return;
      this.#pins?.place(gesture.pin, this.#fraction(after));
      this.#highlight(zonesAt(this.#svg, after)[0] ?? "");
      return;
    }
    if (!gesture && others.length === 0) return;
    if (gesture && this.#view.zoom === 1) return;
    const box = this.#svg.getBoundingClientRect();
    const share = (/** @type {{x: number, y: number}} */ at) => ({
      x: (at.x - box.x) / box.width,
      y: (at.y - box.y) / box.height,
    });
    this.#view.follow(
      [share(before), share(others[0] ?? before)],
      [share(after), share(others[0] ?? after)],
    );
    this.#highlight("");
    this.#look();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const isOurs = this.#fingers.delete(event.pointerId);
    const gesture = this.#gesture;
    if (this.#fingers.size > 0 || !isOurs) return;
    this.#gesture = null;
    this.#highlight("");
    if (!gesture) return;
    this.#listChanged();
    const at = pointOf(event);
    if (event.type === "pointercancel") return void (gesture.pin && this.#drawPins());
    if (gesture.pin && gesture.moved && !gesture.pin.hasAttribute("data-known")) return this.#moved(gesture.pin, at);
    if (gesture.pin) return this.#chosen(gesture.pin);
    if (!gesture.moved) this.#tap(at);
  }

  /** The second tap of two zooms; a single one is a place. @param {{x: number, y: number}} at */
  #tap(at) {
    const first = this.#tapped;
    this.#tapped = null;
    if (first) clearTimeout(first.timer);
    if (first && distance(first.at, at) < FINGERTIP_PX && this.#view) {
      const isNear = this.#view.zoom > 1.5;
      if (isNear) this.#view.seen = this.#view.whole;
      else this.#view.zoomTo(ZOOM_STEP * ZOOM_STEP * 0.75, this.#inDrawing(at));
      return this.#look();
    }
    const place = this.#placeOf(at);
    if (!place) return;
    this.#highlight(place.zone);
    const timer = setTimeout(() => {
      this.#tapped = null;
      this.#highlight("");
      this.#announce("mark:place", { ...place, clientX: at.x, clientY: at.y });
    }, DOUBLE_TAP_MS);
    this.#tapped = { timer, at };
  }

  /** @param {SVGElement} pin @param {{x: number, y: number}} at */
  #moved(pin, at) {
    const place = this.#placeOf(at);
    if (!place) return this.#drawPins();
    const item = this.#items.find(({ dataset }) => dataset.mark === pin.dataset.pin);
    if (item) Object.assign(item.dataset, { x: place.x, y: place.y, zone: place.zone });
    this.#announce("mark:move", { ...place, id: pin.dataset.pin });
  }

  /** @param {SVGElement} pin */
  #chosen(pin) {
    this.#announce("mark:choose", { id: pin.dataset.pin });
  }

  /** Arrows go from zone to zone, Enter places. @param {KeyboardEvent} event */
  #key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const zones = this.#zones.map((zone) => ({ code: zone.dataset.zone ?? "", at: centreOf(zone) }));
    const here = zones.find(({ code }) => code === this.#zone);
    if (way && zones.length > 0) {
      event.preventDefault();
      const next = here ? nearestThatWay(here, zones, way) : zones[0];
      if (next) this.#highlight(next.code);
    } else if ((event.key === "Enter" || event.key === " ") && here) {
      event.preventDefault();
      const { x, y } = this.#fraction(here.at);
      const where = { clientX: here.at.x, clientY: here.at.y };
      this.#announce("mark:place", { zone: here.code, x, y, candidates: [here.code], ...where });
    } else if (event.key === "+" || event.key === "-") this.zoom(event.key === "+" ? "in" : "out");
  }

  async #load() {
    const src = this.getAttribute("src") ?? "";
    const canvas = this.querySelector("[data-canvas]");
    if (!src || !canvas) return;
    if (src !== this.#shownSrc || !this.#svg?.isConnected) {
      const svg = await drawingAt(src);
      if (!svg || !this.isConnected || src !== this.getAttribute("src")) return;
      this.#shownSrc = src;
      this.#svg = svg;
      svg.setAttribute("preserveAspectRatio", "xMidYMid meet");
      const { x, y, width, height } = svg.viewBox.baseVal;
      this.#view = new Viewport({ x, y, width, height });
      this.#view.seen = lastSeen.get(this.#seenKey) ?? this.#view.whole;
      canvas.replaceChildren(svg);
      this.#pins = null;
      if (!lastSeen.has(this.#seenKey)) this.#focus();
    }
    this.#listen(/** @type {SVGSVGElement} */ (this.#svg));
    this.#drawPins();
    this.#look();
    this.toggleAttribute("data-ready", true);
  }

  /** @param {SVGSVGElement} svg */
  #listen(svg) {
    const signal = this.#life?.signal;
    svg.style.touchAction = "none";
    svg.style.userSelect = "none";
    svg.setAttribute("tabindex", "0");
    if (this.dataset.label) svg.setAttribute("aria-label", this.dataset.label);
    svg.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    svg.addEventListener("pointermove", (event) => this.#move(event), { signal });
    svg.addEventListener("pointerup", (event) => this.#up(event), { signal });
    svg.addEventListener("pointercancel", (event) => this.#up(event), { signal });
    svg.addEventListener("keydown", (event) => this.#key(event), { signal });
    svg.addEventListener("blur", () => this.#highlight(""), { signal });
  }

  get #seenKey() {
    return `${this.id} ${this.getAttribute("src")}`;
  }

  /** Only marks that changed are drawn again, and never under the finger that moves one. */
  #listChanged() {
    if (!this.#gesture && JSON.stringify(this.#items.map(({ dataset }) => dataset)) !== this.#drawn) {
      this.#drawPins();
    }
  }

  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-mark][data-x]")]);
  }

  get #zones() {
    return /** @type {SVGGraphicsElement[]} */ ([...(this.#svg?.querySelectorAll("[data-zone]") ?? [])]);
  }

  #focus() {
    if (!this.#view || !this.dataset.focus) return;
    const [x, y, width, height] = this.dataset.focus.split(/[ ,]+/).map(Number);
    const { whole } = this.#view;
    this.#view.show({
      x: whole.x + x * whole.width,
      y: whole.y + y * whole.height,
      width: width * whole.width,
      height: height * whole.height,
    });
    this.#look();
  }

  /** Shows what the viewport says; pins keep their size under the finger. */
  #look() {
    if (!this.#svg || !this.#view) return;
    const { x, y, width, height } = this.#view.seen;
    this.#svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.style.setProperty("--zoom", String(this.#view.zoom));
    lastSeen.set(this.#seenKey, this.#view.seen);
    this.#pins?.rescale();
  }

  #drawPins() {
    const template = this.querySelector("template[data-pin]");
    if (!(template instanceof HTMLTemplateElement) || !this.#svg || !this.#view) return;
    this.#pins ??= new Pins(this.#svg, template, this.#view);
    this.#pins.draw(this.#items);
    this.#drawn = JSON.stringify(this.#items.map(({ dataset }) => dataset));
  }

  /** @param {string} zone */
  #highlight(zone) {
    if (zone === this.#zone) return;
    this.#zone = zone;
    for (const shape of this.#zones) {
      shape.toggleAttribute("data-under", shape.dataset.zone === zone);
    }
    const names = JSON.parse(this.dataset.names ?? "{}");
    for (const slot of this.querySelectorAll("output[data-zone-name]")) {
      slot.textContent = names[zone] ?? "";
    }
  }

  /** @param {{x: number, y: number}} at client px @returns {{x: number, y: number}} */
  #inDrawing(at) {
    const matrix = /** @type {SVGSVGElement} */ (this.#svg).getScreenCTM();
    return new DOMPoint(at.x, at.y).matrixTransform(matrix?.inverse());
  }

  /** @param {{x: number, y: number}} at client px */
  #fraction(at) {
    return fractionIn(this.#inDrawing(at), /** @type {Viewport} */ (this.#view).whole);
  }

  /** @param {{x: number, y: number}} at client px @returns {Place | null} */
  #placeOf(at) {
    const candidates = zonesAt(this.#svg, at);
    return candidates.length > 0 ? { zone: candidates[0], ...this.#fraction(at), candidates } : null;
  }

  /** @param {string} name @param {object} detail */
  #announce(name, detail) {
    const view = this.dataset.view ?? "outside";
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { view, ...detail } }));
  }
}

/** @param {PointerEvent} event */
function pointOf({ clientX, clientY }) {
  return { x: clientX, y: clientY };
}

customElements.define("damage-diagram", DamageDiagram);
