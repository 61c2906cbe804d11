const FOLDED = "folded-lanes";

/** Lanes that a person folded stay folded, on this tablet, also after a refresh. */
class LaneFolds extends HTMLElement {
  connectedCallback() {
    const folded = read();
    for (const lane of this.#lanes) lane.open = !(isStacked(lane) && folded.includes(lane.id));
    this.addEventListener("toggle", this.#keep, true);
  }

  disconnectedCallback() {
    this.removeEventListener("toggle", this.#keep, true);
  }

  #keep = () => {
    const lanes = this.#lanes;
    if (!lanes.some(isStacked)) return;
    const here = lanes.map((lane) => lane.id);
    const elsewhere = read().filter((id) => !here.includes(id));
    const folded = lanes.filter((lane) => !lane.open).map((lane) => lane.id);
    localStorage.setItem(FOLDED, JSON.stringify([...elsewhere, ...folded]));
  };

  /** @returns {HTMLDetailsElement[]} */
  get #lanes() {
    return /** @type {HTMLDetailsElement[]} */ ([...this.querySelectorAll("details.lane")]);
  }
}

/** Side by side a lane has no fold. @param {HTMLElement} lane */
function isStacked(lane) {
  const head = lane.querySelector("summary");
  return head !== null && getComputedStyle(head).pointerEvents !== "none";
}

/** @returns {string[]} */
function read() {
  try {
    const found = JSON.parse(localStorage.getItem(FOLDED) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

customElements.define("lane-folds", LaneFolds);
