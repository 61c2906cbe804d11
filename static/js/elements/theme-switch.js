/** One button: day and night in turn. The choice stays on this tablet; theme.js applies it first. */
class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#turn);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#turn);
  }

  #turn = (event) => {
    if (!event.target.closest("button")) return;
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "night" ? "day" : "night";
    localStorage.setItem("theme", root.dataset.theme);
  };
}

customElements.define("theme-switch", ThemeSwitch);
