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
    const form = this.#tileOf(event);
    const quantity = Number(event.submitter?.value);
    if (!form || !Number.isInteger(quantity)) return;
    form.dataset.confirmed ??= form.querySelector("[data-more]").dataset.count;
    this.#show(form, quantity);
  };

  #answered = ({ target, detail: { ctx } }) => {
    const form = target.closest?.("[data-tile]");
    if (!form) return;
    const refused = ctx.response.status >= 400;
    if (!refused) form.dataset.confirmed = String(ctx.request.body.get("quantity"));
    else if (form.dataset.confirmed !== undefined) this.#show(form, Number(form.dataset.confirmed));
  };

  #press = (event) => {
    const form = this.#tileOf(event);
    this.#held = false;
    clearTimeout(this.#hold);
    if (!form || !event.isPrimary || !event.target.closest("[data-more]")) return;
    this.#from = event;
    this.#hold = setTimeout(() => {
      const less = form.querySelector("[data-less]");
      if (less.hidden) return;
      this.#held = true;
      form.requestSubmit(less);
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

  #find = (event) => {
    if (!event.target.matches("[data-find-thing]")) return;
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const tile of this.querySelectorAll("[data-tile]")) {
      tile.hidden = wanted !== "" && !tile.dataset.words.toLocaleLowerCase().includes(wanted);
    }
    for (const more of this.querySelectorAll("details")) {
      more.open = wanted !== "" && more.querySelector("[data-tile]:not([hidden])") !== null;
    }
  };

  /** Where the next things go, for those that are not on the list yet. */
  #aim = (event) => {
    if (event.target.name !== "place_of_taps") return;
    this.dataset.place = event.target.value;
    for (const form of this.querySelectorAll("form:has(> [name=place])")) this.#place(form);
  };

  #place(form) {
    const isNew = (form.querySelector("[data-more]")?.dataset.count ?? "0") === "0";
    form.elements.place.value = isNew ? (this.dataset.place ?? "") : "";
  }

  #tileOf({ target }) {
    return target.closest?.("[data-tile]");
  }

  #show(form, quantity) {
    const more = form.querySelector("[data-more]");
    const less = form.querySelector("[data-less]");
    const count = form.querySelector(".thing__count");
    more.dataset.count = String(quantity);
    more.value = String(Math.min(quantity + 1, MOST));
    less.value = String(Math.max(quantity - 1, 0));
    less.hidden = count.hidden = quantity === 0;
    count.textContent = String(quantity);
    this.#place(form);
  }
}

customElements.define("thing-tiles", ThingTiles);
