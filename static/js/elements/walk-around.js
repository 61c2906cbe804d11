import { placeBeside } from "../lib/beside.js";

/** @typedef {{view: string, zone: string, x: number, y: number, candidates: string[], clientX: number, clientY: number}} Place */

const FOLDED = "drawing-folded";

/** Joins drawing, mark sheet and camera: a mark in three taps, its photo with a fourth. */
class WalkAround extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {Place | null} */
  #place = null;
  #isPicking = false;
  /** @type {MutationObserver | undefined} */
  #observer;
  /** @type {Element | null} */
  #station = null;

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("mark:place", (event) => this.#open(/** @type {any} */ (event).detail), { signal });
    this.addEventListener("mark:move", (event) => this.#moved(/** @type {any} */ (event).detail), { signal });
    this.addEventListener("mark:choose", (event) => this.#chosen(/** @type {any} */ (event).detail), { signal });
    this.addEventListener("change", (event) => this.#changed(event), { signal });
    this.addEventListener("submit", (event) => this.#submitted(event), { signal });
    this.addEventListener("photo:taken", (event) => this.#taken(/** @type {any} */ (event).detail), { signal });
    document.addEventListener("outbox:sent", (event) => this.#sent(/** @type {any} */ (event).detail), { signal });
    document.addEventListener("outbox:parked", () => this.#refused(), { signal });
    document.addEventListener("htmx:response:error", () => this.#refused(), { signal });
    document.addEventListener("click", (event) => this.#clicked(event), { signal });
    document.addEventListener("submit", (event) => this.#left(event), { signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#close(), { signal });
    this.#observer?.disconnect();
    this.#observer = new MutationObserver(() => this.#stationChanged());
    this.#observer.observe(this, { childList: true, subtree: true });
    this.#fold(localStorage.getItem(FOLDED) === "yes");
    this.#offerKinds();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#observer?.disconnect();
  }

  /** The drawing follows the station: the car outside, the plan inside. */
  #stationChanged() {
    const station = this.querySelector("#station");
    const diagram = this.querySelector("damage-diagram");
    if (this.#station && station !== this.#station) this.querySelector("#conditions")?.removeAttribute("open");
    if (station === this.#station || !(station instanceof HTMLElement) || !(diagram instanceof HTMLElement)) return;
    this.#station = station;
    const { src = "", view = "", focus = "", station: code = "" } = station.dataset;
    diagram.dataset.view = view;
    if (diagram.getAttribute("src") !== src) diagram.setAttribute("src", src);
    if ((diagram.dataset.focus ?? "") !== focus) diagram.dataset.focus = focus;
    for (const field of this.querySelectorAll('input[name="station"]')) {
      /** @type {HTMLInputElement} */ (field).value = code;
    }
    this.#close();
    if (this.querySelector('photo-camera[data-mode="live"]:not([data-only])')) this.#pickHere();
  }

  /** Aims the camera at this station's angle, unless it was taken. */
  #pickHere() {
    const station = this.querySelector("#station");
    const angle = station instanceof HTMLElement ? station.dataset.angle : "";
    if (angle && this.querySelector(`[data-pick-angle="${angle}"]:not([data-taken])`)) this.#pick(angle);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-close-mark]")) this.#close();
    if (target.closest("[data-more]")) this.#offerKinds(true);
    const fold = target.closest("[data-fold]");
    if (fold) this.#fold(fold.getAttribute("aria-expanded") === "true");
    const near = target.closest("[data-zone-near]");
    if (near instanceof HTMLElement) this.#aimAt(near.dataset.zoneNear ?? "");
    if (target.closest("[data-camera]")) this.#shoot(null);
    const shoot = target.closest("[data-shoot-for]");
    if (shoot instanceof HTMLElement) {
      shoot.closest("dialog")?.close();
      this.#shoot(shoot);
    } else if (!this.#isPicking && target.closest("photo-camera :is([data-pick-angle], [data-close])")) {
      this.#shootAngles();
    }
  }

  /** A small glass: the drawing leaves its room to the work, and stays so. @param {boolean} folded */
  #fold(folded) {
    localStorage.setItem(FOLDED, folded ? "yes" : "");
    this.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(!folded));
  }

  /** A mark that was not taken does not stay as if it were under way. */
  #refused() {
    for (const item of this.querySelectorAll("[data-saving]")) item.remove();
  }

  /** @param {Place} place */
  #open(place) {
    const { sheet, form } = this;
    if (!sheet || !form) return;
    form.reset();
    this.#place = place;
    this.#fill(form, place);
    this.#aimAt(place.zone);
    this.#offerNear(place.candidates);
    if (!sheet.open) sheet.show();
    placeBeside(sheet, { x: place.clientX, y: place.clientY });
  }

  #close() {
    this.#place = null;
    if (this.sheet?.open) this.sheet.close();
  }

  /** @param {string} zone */
  #aimAt(zone) {
    const select = /** @type {HTMLSelectElement | undefined} */ (this.form?.elements.namedItem("zone"));
    if (select) select.value = zone;
    const title = this.querySelector("[data-zone-title]");
    if (title && this.#names[zone]) title.textContent = this.#names[zone];
    this.#offerKinds();
  }

  /** The parts of the car within a fingertip, when there are several. @param {string[]} zones */
  #offerNear(zones) {
    const slot = this.querySelector("[data-near]");
    const template = this.querySelector("template[data-near-zone]");
    if (!slot || !(template instanceof HTMLTemplateElement)) return;
    const chips = zones.length < 2 ? [] : zones.slice(0, 4);
    slot.replaceChildren(
      ...chips.map((zone) => {
        const chip = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
        chip.dataset.zoneNear = zone;
        chip.textContent = this.#names[zone] ?? zone;
        return chip;
      }),
    );
  }

  /** The six kinds that this part suffers most come first. @param {boolean} [all] */
  #offerKinds(all = false) {
    const { sheet, form } = this;
    const box = sheet?.querySelector("[data-kinds]");
    if (!sheet || !form || !box) return;
    const zone = /** @type {HTMLSelectElement} */ (form.elements.namedItem("zone")).value;
    const context = JSON.parse(sheet.dataset.contexts ?? "{}")[zone] ?? "body";
    const quick = JSON.parse(sheet.dataset.quick ?? "{}")[context] ?? [];
    const tiles = /** @type {HTMLElement[]} */ ([...box.children]);
    const kind = (/** @type {HTMLElement} */ tile) => tile.querySelector("input")?.value ?? "";
    for (const tile of tiles) tile.hidden = !all && !quick.includes(kind(tile));
    for (const code of [...quick].reverse()) {
      const tile = tiles.find((each) => kind(each) === code);
      if (tile) box.prepend(tile);
    }
    const more = sheet.querySelector("[data-more]");
    if (more instanceof HTMLElement) more.hidden = all;
  }

  /** Something missing has one size. @param {Event} event */
  #changed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.form !== this.form) return;
    if (field.name === "zone") {
      for (const name of ["x", "y", "view"]) this.#set(this.form, name, "");
      this.#aimAt(field.value);
    }
    if (field.name === "damage_type") {
      const remark = this.form?.elements.namedItem("remark");
      if (remark instanceof HTMLInputElement) remark.required = field.value === "other";
      if (field.value === "other") this.form?.querySelector("details")?.setAttribute("open", "");
    }
    if (field.name === "damage_type" && field.value === "missing") {
      this.form?.requestSubmit(this.form.querySelector('button[value="6"]'));
    }
  }

  /** The mark stands on the drawing at once; the server's list replaces it. @param {Event} event */
  #submitted(event) {
    const form = event.target;
    if (form !== this.form) return;
    const kind = this.form?.querySelector("input[name=damage_type]:checked")?.closest("label")?.textContent ?? "";
    const zone = /** @type {HTMLSelectElement} */ (this.form?.elements.namedItem("zone")).value;
    const template = this.querySelector("template[data-saving-mark]");
    const list = this.querySelector("[data-marks]");
    if (list && template instanceof HTMLTemplateElement) {
      const item = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
      const words = item.querySelector("[data-words]");
      if (words) words.textContent = [kind.trim(), this.#names[zone]].join(" · ");
      if (this.#place) Object.assign(item.dataset, { mark: "saving", x: this.#place.x, y: this.#place.y, number: "…" });
      list.append(item);
    }
    setTimeout(() => this.#close());
  }

  /** A sheet that was answered closes: its form is on its way. @param {Event} event */
  #left(event) {
    const form = /** @type {HTMLElement} */ (event.target);
    if (form.matches("[data-closes-sheet]")) setTimeout(() => form.closest("dialog")?.close());
  }

  /** @param {Place & {id: string}} place */
  #moved(place) {
    const form = this.querySelector("#moved-mark");
    if (!(form instanceof HTMLFormElement) || place.id === "saving") return;
    const url = (form.getAttribute("hx-post") ?? "").replace(/marks\/[^/]+\/place/, `marks/${place.id}/place`);
    form.setAttribute("action", url);
    form.setAttribute("hx-post", url);
    this.#fill(form, place);
    this.#set(form, "zone", place.zone);
    form.requestSubmit();
  }

  /** @param {{id: string}} about */
  #chosen({ id }) {
    const item = document.getElementById(`mark-${id}`);
    const link = item?.querySelector("[data-edit]");
    if (link instanceof HTMLElement) link.click();
    else item?.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  /** Opens the camera for one thing, or for the guided set. @param {HTMLElement | null} thing */
  #shoot(thing) {
    const camera = /** @type {any} */ (this.querySelector("photo-camera"));
    if (!camera) return;
    document.querySelector("#undo undo-bar")?.remove(); // it lies over the shutter
    if (thing) {
      camera.dataset.fields = thing.dataset.shootFor;
      camera.dataset.freeName = thing.dataset.shootName;
      this.#pick("free");
      camera.dataset.only = "";
    } else this.#shootAngles();
    camera.open();
    camera.scrollIntoView({ block: "center" });
  }

  /** Back to the guided set. */
  #shootAngles() {
    const camera = this.querySelector("photo-camera");
    if (!(camera instanceof HTMLElement)) return;
    camera.dataset.fields = '{"subject":"angle"}';
    camera.dataset.freeName = camera.dataset.plainName ?? "";
    delete camera.dataset.only;
  }

  /** @param {{angle: string}} photo */
  #taken({ angle }) {
    const camera = this.querySelector("photo-camera");
    if (camera instanceof HTMLElement && camera.dataset.only !== undefined) {
      this.#shootAngles();
      const next = camera.querySelector("[data-pick-angle]:not([data-taken])");
      if (next instanceof HTMLElement) this.#pick(next.dataset.pickAngle ?? "free");
    } else {
      this.querySelector(`[data-pick-angle="${angle}"]`)?.toggleAttribute("data-taken", true);
    }
  }

  /** The server's own tile, which opens to be drawn on. @param {{entry: any, text: string}} answer */
  #sent({ entry, text }) {
    if (entry.kind !== "photo" || !entry.row) return;
    const tile = this.querySelector(`[data-photo-tile][data-photo="${entry.row}"]`);
    const answer = new DOMParser().parseFromString(text, "text/html").querySelector("[data-photo-tile]");
    if (!tile || !answer) return;
    tile.replaceWith(document.importNode(answer, true));
    const about = Object.fromEntries(entry.fields);
    const link = answer.querySelector("a");
    const place = this.querySelector(`#mark-${about.subject_id} .thumbs, #line-${(about.subject_code ?? "").replace(":", "-")} .thumbs`);
    if (about.subject === "angle" || !link || !place) return;
    const copy = document.importNode(link, true);
    copy.removeAttribute("class"); // a small picture of the row, no longer the whole tile
    place.append(copy);
  }

  /** @param {string} angle */
  #pick(angle) {
    const button = this.querySelector(`[data-pick-angle="${angle}"]`);
    this.#isPicking = true;
    if (button instanceof HTMLElement) button.click();
    this.#isPicking = false;
  }

  /** @param {HTMLFormElement} form @param {Place} place */
  #fill(form, { view, x, y }) {
    this.#set(form, "view", view);
    this.#set(form, "x", String(x));
    this.#set(form, "y", String(y));
  }

  /** @param {HTMLFormElement | null} form @param {string} name @param {string} value */
  #set(form, name, value) {
    const field = form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }

  /** @returns {HTMLDialogElement | null} */
  get sheet() {
    return this.querySelector("dialog#new-mark");
  }

  /** @returns {HTMLFormElement | null} */
  get form() {
    return this.sheet?.querySelector("form") ?? null;
  }

  /** @returns {Record<string, string>} */
  get #names() {
    const diagram = this.querySelector("damage-diagram");
    return JSON.parse((diagram instanceof HTMLElement && diagram.dataset.names) || "{}");
  }
}

customElements.define("walk-around", WalkAround);
