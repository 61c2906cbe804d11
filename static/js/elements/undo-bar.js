/** Leaves after data-seconds, drawn by its ring; waits while a finger or the focus is on it. */
class UndoBar extends HTMLElement {
  #left = 0;
  #timer = 0;
  #last = 0;

  connectedCallback() {
    this.#left = Number(this.dataset.seconds ?? 8) * 1000;
    this.#last = performance.now();
    this.#timer = setInterval(this.#tick, 200);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  #tick = () => {
    const now = performance.now();
    const waits = this.matches(":focus-within, :hover, :active");
    if (!waits) this.#left -= now - this.#last;
    this.#last = now;
    const whole = Number(this.dataset.seconds ?? 8) * 1000;
    const part = Math.max(0, (100 * this.#left) / whole);
    this.querySelector(".ring__arc")?.setAttribute("stroke-dasharray", `${part} 100`);
    if (this.#left <= 0) this.remove();
  };
}

customElements.define("undo-bar", UndoBar);
