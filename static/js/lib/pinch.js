import { clamp, distance, middle, windowOn } from "./geometry.js";

/** @typedef {import("./geometry.js").Point} Point @typedef {import("./geometry.js").Box} Box */

export const LARGEST_ZOOM = 8;

/** The part of a drawing that is seen, moved by fingers: no page, only numbers. */
export class Viewport {
  /** @param {Box} whole the drawing */
  constructor(whole) {
    this.whole = whole;
    this.seen = whole;
  }

  get zoom() {
    return this.whole.width / this.seen.width;
  }

  /** @param {number} zoom @param {Point} at a point of the drawing that keeps its place */
  zoomTo(zoom, at) {
    const place = {
      x: (at.x - this.seen.x) / this.seen.width,
      y: (at.y - this.seen.y) / this.seen.height,
    };
    this.seen = windowOn(this.whole, clamp(zoom, 1, LARGEST_ZOOM), at, place);
  }

  /** Shows a part as large as it fits. @param {Box} part */
  show(part) {
    const zoom = Math.min(this.whole.width / part.width, this.whole.height / part.height);
    const centre = { x: part.x + part.width / 2, y: part.y + part.height / 2 };
    this.seen = windowOn(this.whole, clamp(zoom, 1, LARGEST_ZOOM), centre);
  }

  /**
   * Two fingers (or one, twice the same) moved: what was under them stays under them.
   * @param {[Point, Point]} before in window fractions
   * @param {[Point, Point]} after in window fractions
   */
  follow(before, after) {
    const spread = distance(...before) > 0 ? distance(...after) / distance(...before) : 1;
    const held = this.at(middle(...before));
    this.seen = windowOn(this.whole, clamp(this.zoom * spread, 1, LARGEST_ZOOM), held, middle(...after));
  }

  /** @param {Point} fraction of the window @returns {Point} of the drawing */
  at({ x, y }) {
    return { x: this.seen.x + x * this.seen.width, y: this.seen.y + y * this.seen.height };
  }
}
