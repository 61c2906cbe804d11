/** Numbered marks on a drawing, drawn from the page's template; they keep their size at any zoom. */
export class Pins {
  /** @type {SVGGElement} */
  #layer;
  /** @type {SVGGElement} */
  #shape;
  #svg;
  #view;

  /**
   * @param {SVGSVGElement} svg
   * @param {HTMLTemplateElement} template holds one `<svg><g>…<text/></g></svg>`
   * @param {import("./pinch.js").Viewport} view
   */
  constructor(svg, template, view) {
    this.#svg = svg;
    this.#view = view;
    this.#shape = /** @type {SVGGElement} */ (template.content.querySelector("g"));
    this.#layer = /** @type {SVGGElement} */ (document.importNode(this.#shape, false));
    for (const { name } of [...this.#layer.attributes]) this.#layer.removeAttribute(name);
    svg.append(this.#layer);
  }

  /** @param {HTMLElement[]} items the list that says the same */
  draw(items) {
    const pins = items.map(({ dataset }) => {
      const pin = /** @type {SVGGElement} */ (document.importNode(this.#shape, true));
      const number = pin.querySelector("text");
      if (number) number.textContent = dataset.number ?? "";
      pin.setAttribute("data-pin", dataset.mark ?? "");
      pin.toggleAttribute("data-known", dataset.known !== undefined);
      this.place(pin, { x: Number(dataset.x), y: Number(dataset.y) });
      return pin;
    });
    this.#layer.replaceChildren(...pins);
  }

  /** After the view has changed. */
  rescale() {
    for (const pin of /** @type {NodeListOf<SVGElement>} */ (this.#layer.querySelectorAll("[data-pin]"))) {
      this.place(pin, { x: Number(pin.dataset.x), y: Number(pin.dataset.y) });
    }
  }

  /** @param {SVGElement} pin @param {{x: number, y: number}} at fractions of the whole drawing */
  place(pin, { x, y }) {
    const { whole, seen } = this.#view;
    const scale = seen.width / (this.#svg.clientWidth || whole.width);
    Object.assign(pin.dataset, { x, y });
    const where = `${whole.x + x * whole.width} ${whole.y + y * whole.height}`;
    pin.setAttribute("transform", `translate(${where}) scale(${scale})`);
  }

  /** The pin under a finger. @param {{x: number, y: number}} point client px */
  at(point) {
    for (const element of document.elementsFromPoint(point.x, point.y)) {
      const pin = element.closest("[data-pin]");
      if (pin && this.#layer.contains(pin)) return /** @type {SVGElement} */ (pin);
    }
    return null;
  }
}
