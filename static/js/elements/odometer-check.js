const KM_PER_MILE = 1.609344; // keep in step with inspect_app/readings/rules.py
const MILE_TOLERANCE_KM = 1;

/** Asks why as soon as a figure is lower than last time; the server has the last word. */
class OdometerCheck extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this.#check);
    this.addEventListener("change", this.#check);
    this.addEventListener("click", this.#check);
    this.#check();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#check);
    this.removeEventListener("change", this.#check);
    this.removeEventListener("click", this.#check);
  }

  #check = () => {
    const field = this.querySelector("[name=odometer]");
    const reason = this.querySelector("[data-reason]");
    const last = Number(this.dataset.lastKm);
    if (!field || !reason || !last) return;
    const figures = field.value.replace(/[\s,']/g, "");
    const inMiles = this.querySelector("[name=odometer_unit]:checked")?.value === "mi";
    const km = Math.round(Number(figures) * (inMiles ? KM_PER_MILE : 1));
    const isWhole = /^\d+$/.test(figures);
    // A figure still being typed is lower only once it is as long as it can be.
    const isTyped = figures.length >= String(inMiles ? Math.round(last / KM_PER_MILE) : last).length || document.activeElement !== field;
    const isLower = isWhole && isTyped && km < last - (inMiles ? MILE_TOLERANCE_KM : 0);
    const isAsked = reason.querySelector("textarea")?.value !== "";
    reason.hidden = !isLower && !isAsked;
  };
}

customElements.define("odometer-check", OdometerCheck);
