const HOLD_MS = 500;
const MOST = 99;

/**
 * Tiles that count what is tapped: a tap adds one, holding takes one off. Each sends how many there
 * are then, so its figure runs ahead of the answers and a refused one is taken back. Finds a tile by
 * its words.
 */
class ThingTiles extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  #hold = 0;
  #held = false;

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("submit", this.#submitted, { signal });
    this.addEventListener("htmx:after:request", this.#answered, { signal });
    this.addEventListener("pointerdown", this.#press, { signal });
    for (const end of ["pointerup", "pointercancel", "pointerleave", "pointermove"]) {
      this.addEventListener(end, this.#release, { signal });
    }
    this.addEventListener("click", this.#click, { capture: true, signal });
    this.addEventListener("contextmenu", (event) => this.#tileOf(event) && event.preventDefault(), { signal });
    this.addEventListener("input", this.#find, { signal });
    this.addEventListener("change", this.#aim, { signal });
    for (const part of this.querySelectorAll("[data-scripted]")) part.hidden = false;
  }

  disconnectedCallback() {
    this.#life?.abort();
    clearTimeout(this.#hold);
  }

  /** The form's data is taken by now: the figures go on to the next tap. */
  #submitted = (event) => {
    const tile = this.#tileOf(event);
    const quantity = Number(event.submitter?.value);
    if (!tile || !Number.isInteger(quantity)) return;
    tile.dataset.confirmed ??= tile.querySelector("[data-more]").dataset.count;
    this.#show(tile, quantity);
  };

  #answered = (event) => {
    const { ctx } = event.detail;
    const tile = this.#tileOf(event);
    const isRefused = ctx.response.status >= 400;
    if (tile && !isRefused) tile.dataset.confirmed = String(ctx.request.body.get("quantity"));
    else if (tile?.dataset.confirmed !== undefined) this.#show(tile, Number(tile.dataset.confirmed));
    const written = event.target.querySelector?.("[data-find-thing]");
    if (!written || isRefused) return;
    written.value = "";
    written.dispatchEvent(new Event("input", { bubbles: true }));
  };

  #press = (event) => {
    const tile = this.#tileOf(event);
    this.#held = false;
    clearTimeout(this.#hold);
    if (!tile || !event.isPrimary || !event.target.closest("[data-more]")) return;
    this.#from = event;
    this.#hold = setTimeout(() => {
      const less = tile.querySelector("[data-less]");
      if (less.hidden) return;
      this.#held = true;
      less.form.requestSubmit(less);
    }, HOLD_MS);
  };

  #release = (event) => {
    const isStill = Math.hypot(event.clientX - this.#from?.clientX, event.clientY - this.#from?.clientY) < 12;
    if (event.type !== "pointermove" || !isStill) clearTimeout(this.#hold);
  };

  /** @type {PointerEvent | undefined} */
  #from;

  /** The click that ends a hold is none. */
  #click = (event) => {
    if (!this.#held) return;
    this.#held = false;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Shows the tiles whose words hold what is written, wherever on the page they stand. */
  #find = (event) => {
    if (!event.target.matches("[data-find-thing]")) return;
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const tile of document.querySelectorAll("[data-thing]")) {
      tile.hidden = wanted !== "" && !tile.dataset.thing.toLocaleLowerCase().includes(wanted);
    }
    for (const fold of document.querySelectorAll("details:has([data-thing])")) {
      const isHit = wanted !== "" && fold.querySelector("[data-thing]:not([hidden])") !== null;
      if (isHit && !fold.open) fold.dataset.found = "";
      if (isHit) fold.open = true;
      else if ("found" in fold.dataset) fold.open = false;
      if (!isHit) delete fold.dataset.found;
    }
  };

  /** Where the next things go, for those that are not on the list yet. */
  #aim = (event) => {
    if (event.target.name !== "place_of_taps") return;
    this.dataset.place = event.target.value;
    for (const form of this.querySelectorAll("form:has(> [name=place])")) this.#place(form);
  };

  #place(part) {
    const isNew = (part.querySelector("[data-more]")?.dataset.count ?? "0") === "0";
    part.querySelector("[name=place]").value = isNew ? (this.dataset.place ?? "") : "";
  }

  #tileOf({ target }) {
    return target.closest?.("[data-thing]");
  }

  #show(tile, quantity) {
    const more = tile.querySelector("[data-more]");
    const less = tile.querySelector("[data-less]");
    const count = tile.querySelector(".thing__count");
    more.dataset.count = String(quantity);
    more.value = String(Math.min(quantity + 1, MOST));
    less.value = String(Math.max(quantity - 1, 0));
    less.hidden = count.hidden = quantity === 0;
    count.textContent = String(quantity);
    this.#place(tile);
  }
}

customElements.define("thing-tiles", ThingTiles);
