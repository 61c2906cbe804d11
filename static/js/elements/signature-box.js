import { isRealMark, rescaled } from "../lib/strokes.js";

/** A hand lying on the glass while a pen writes is no signature. */
const PEN_REMEMBERED_MS = 3_000;
/** CSS px; a fingertip's contact is about 12, a palm's much larger. */
const PALM_RADIUS = 40;

/**
 * A pad for a name. What is drawn outlives turning, scrolling and a phone call; a blank or wiped
 * pad is never handed in.
 */
class SignatureBox extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {ResizeObserver | undefined} */
  #observer;
  /** @type {any} SignaturePad */
  #pad;
  #width = 0;
  #height = 0;
  #penSeenAt = -Infinity;

  connectedCallback() {
    this.#stop();
    const canvas = this.#canvas;
    if (!canvas) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    const ink = this.dataset.ink ?? "#14222b";
    this.#pad = new /** @type {any} */ (window).SignaturePad(canvas, { penColor: ink });
    this.#pad.addEventListener("beginStroke", (/** @type {CustomEvent} */ event) => this.#begin(event), { signal });
    this.#pad.addEventListener("endStroke", () => this.#keep(), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.closest("form")?.addEventListener("submit", (event) => this.#submitted(event), { signal, capture: true });
    addEventListener("pagehide", () => this.#keep(), { signal });
    document.addEventListener("visibilitychange", () => this.#seenAgain(), { signal });
    // A frame later: fitting changes the canvas's height, which must not answer its own observer.
    this.#observer = new ResizeObserver(() => requestAnimationFrame(() => this.#fit()));
    this.#observer.observe(canvas);
    this.#width = 0;
    this.#fit();
  }

  disconnectedCallback() {
    if (this.#pad) this.#keep();
    this.#stop();
  }

  /** Empties the pad. */
  clear() {
    this.#pad?.clear();
    if (this.#field) this.#field.value = "";
    this.#sayBlank(false);
    this.#keep();
  }

  /** What is drawn. @returns {{groups: any[], width: number, height: number}} */
  get drawing() {
    return { groups: this.#pad?.toData() ?? [], width: this.#width, height: this.#height };
  }

  /** @param {CustomEvent} event */
  #begin(event) {
    const { event: source } = event.detail;
    const touch = source.targetTouches?.[0];
    const isPen = source.pointerType === "pen" || touch?.touchType === "stylus";
    const isFinger = source.pointerType === "touch" || (touch && !isPen);
    if (isPen) this.#penSeenAt = Date.now();
    const radius = Math.max(touch?.radiusX ?? 0, (source.width ?? 0) / 2);
    const isPenNear = Date.now() - this.#penSeenAt < PEN_REMEMBERED_MS;
    if (isFinger && (isPenNear || radius > PALM_RADIUS)) event.preventDefault();
    else this.#sayBlank(false);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-again]")) return this.clear();
    if (target.closest("[data-done]") && !this.#finish()) event.preventDefault();
  }

  /** No road to the form goes round the check. @param {Event} event */
  #submitted(event) {
    if (this.#finish(false)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** A phone call may have taken the canvas's memory. */
  #seenAgain() {
    if (document.visibilityState === "hidden") this.#keep();
    else if (this.#isWiped()) this.#pad.redraw();
  }

  /** @returns {boolean} whether a real mark was handed to the form */
  #finish(announce = true) {
    const drawing = this.drawing;
    if (this.#isWiped()) {
      // Nobody signs what cannot be seen: shown again first, handed in by the next tap.
      this.#pad.redraw();
      return false;
    }
    const isReal = isRealMark(drawing.groups, drawing);
    this.#sayBlank(!isReal);
    if (!isReal) {
      if (this.#field) this.#field.value = "";
      return false;
    }
    const groups = drawing.groups.map(({ points }) => ({ points: points.map(short) }));
    const detail = { ...drawing, groups };
    if (this.#field) this.#field.value = JSON.stringify(detail);
    if (announce) this.dispatchEvent(new CustomEvent("signature:done", { bubbles: true, detail }));
    else this.#forget();
    return true;
  }

  get #canvas() {
    return this.querySelector("canvas");
  }

  get #field() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector('input[type="hidden"][data-strokes]'));
  }

  get #draftName() {
    return `signature:${this.dataset.key ?? this.id}`;
  }

  /**
   * Gives the canvas its pixels and draws the ink again. Only a new width counts: the address bar
   * and the keyboard change the height alone. A hidden pad has no width.
   */
  #fit() {
    const canvas = this.#canvas;
    const width = canvas?.clientWidth ?? 0;
    if (!canvas || width === 0 || width === this.#width) return;
    const before = this.#width ? this.drawing : this.#kept();
    const ratio = Math.max(devicePixelRatio, 1);
    this.#width = width;
    this.#height = Math.round(width / Number(this.dataset.aspect ?? 3));
    canvas.style.height = `${this.#height}px`;
    canvas.width = width * ratio;
    canvas.height = this.#height * ratio;
    canvas.getContext("2d")?.scale(ratio, ratio);
    const { groups } = before;
    this.#pad.clear();
    if (groups.length) this.#pad.fromData(rescaled(groups, before, this.drawing), { clear: true });
  }

  /** The server's copy after a refused form, else the draft of this statement. */
  #kept() {
    try {
      const kept = JSON.parse(this.#field?.value || sessionStorage.getItem(this.#draftName) || "{}");
      if (Array.isArray(kept.groups) && kept.width > 0 && kept.height > 0) return kept;
    } catch {
      // An unreadable draft is as good as none.
    }
    return { groups: [], width: 1, height: 1 };
  }

  #keep() {
    if (this.#width === 0) return;
    if (this.#pad.isEmpty()) return this.#forget();
    try {
      sessionStorage.setItem(this.#draftName, JSON.stringify(this.drawing));
    } catch {
      // Without room for a draft the ink is still on the glass.
    }
  }

  #forget() {
    try {
      sessionStorage.removeItem(this.#draftName);
    } catch {
      // Storage refused: there is no draft either.
    }
  }

  /** Strokes are known but no pixel shows them. */
  #isWiped() {
    const canvas = this.#canvas;
    if (!canvas || !this.#pad || canvas.width === 0) return false;
    if (!this.#pad.toData().some((/** @type {any} */ group) => group.points.length > 0)) return false;
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    return !pixels?.some((value, index) => index % 4 === 3 && value > 0);
  }

  /** @param {boolean} isBlank */
  #sayBlank(isBlank) {
    const words = this.querySelector("[data-blank]");
    if (words instanceof HTMLElement) words.hidden = !isBlank;
  }

  #stop() {
    this.#life?.abort();
    this.#observer?.disconnect();
    this.#pad?.off();
    this.#pad = undefined;
  }
}

/** A tenth of a pixel is finer than any pen. @param {any} point */
function short({ x, y, pressure, time }) {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, pressure, time };
}

customElements.define("signature-box", SignatureBox);
