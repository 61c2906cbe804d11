const START_PERCENT = 50;

/**
 * Two photos of one place, the earlier over the later, with a slider between them. The slider is a
 * real range input, so keys and a screen reader move it too. Without this script, and for whoever
 * wants no motion, both stand side by side.
 */
class BeforeAfter extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;

  connectedCallback() {
    this.#life?.abort();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    const slider = this.#slider();
    slider.addEventListener("input", () => this.#show(Number(slider.value)), { signal });
    this.toggleAttribute("data-ready", true);
    this.#show(Number(slider.value));
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @returns {HTMLInputElement} */
  #slider() {
    const known = this.querySelector("input");
    if (known) return known;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: "0", max: "100", value: String(START_PERCENT) });
    slider.className = "before-after__slider";
    slider.setAttribute("aria-label", this.dataset.label ?? "");
    this.append(slider);
    return slider;
  }

  /** @param {number} percent of the earlier photo that is shown, from the left */
  #show(percent) {
    this.style.setProperty("--shown", `${percent}%`);
  }
}

customElements.define("before-after", BeforeAfter);
