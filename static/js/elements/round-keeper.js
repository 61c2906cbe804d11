const KEPT_AS = "round";
/** Longer ago it was another evening. */
const KEPT_MS = 12 * 60 * 60 * 1000;
const PAGE = "/rounds/new";

/**
 * A round that is not signed yet survives a reload, a closed browser and an empty battery: what was
 * scanned is kept on the tablet, and the page is asked for again with it.
 */
class RoundKeeper extends HTMLElement {
  /** @type {MutationObserver | undefined} */
  #observer;

  connectedCallback() {
    const list = this.querySelector("#scanned");
    if (!list) return;
    if (this.#codes.length === 0 && location.pathname === PAGE && !location.search) {
      const kept = read();
      if (kept) return location.replace(`${PAGE}?${kept}`);
    }
    this.#observer = new MutationObserver(() => this.#keep());
    this.#observer.observe(list, { childList: true });
    this.addEventListener("submit", () => localStorage.removeItem(KEPT_AS));
    this.#keep();
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
  }

  #keep() {
    if (this.#codes.length === 0) return;
    const said = new FormData(/** @type {HTMLFormElement} */ (this.querySelector("form")));
    said.delete("pin");
    const query = new URLSearchParams(/** @type {any} */ ([...said])).toString();
    localStorage.setItem(KEPT_AS, JSON.stringify({ at: Date.now(), query }));
  }

  get #codes() {
    return [...this.querySelectorAll("#scanned input[name=code]")];
  }
}

/** @returns {string | null} */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? "null");
    return kept && Date.now() - kept.at < KEPT_MS ? kept.query : null;
  } catch {
    return null;
  }
}

customElements.define("round-keeper", RoundKeeper);
