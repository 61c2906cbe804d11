import { canonicalBytes, sha256Hex } from "../lib/canonical.js";
import { newId } from "../lib/ids.js";
import { buildDocument } from "../lib/seal.js";
import { asShown, wordsOf } from "../lib/sitting.js";
import { readStrokes, strokesProblem } from "../lib/strokes.js";
import { outbox } from "../offline/outbox.js";

/** A tick is seen before its page turns. */
const TURN_AFTER_MS = 350;
const COUNT_SLOT = "{n}";

/** @typedef {import("../lib/sitting.js").Slot} Slot */

/**
 * The customer's pages: one at a time, each statement acknowledged by its own tap, one drawing for
 * all. Makes the sealed document of what is shown and hands it to the form.
 */
class SignSheet extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {any} the sitting as the server gave it */
  #sitting;
  /** @type {Record<string, string>} code to the time of its tap */
  #acknowledged = {};
  #isBuilt = false;

  connectedCallback() {
    this.#life?.abort();
    const data = this.querySelector('script[type="application/json"]')?.textContent;
    if (!data) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#sitting = JSON.parse(data);
    this.#restore();
    this.addEventListener("change", (event) => this.#changed(event), { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.#form.addEventListener("submit", (event) => this.#submitted(event), { signal, capture: true });
    this.#form.addEventListener("outbox:saved", () => this.#lock(), { signal });
    addEventListener("hashchange", () => this.#turn(), { signal });
    document.addEventListener("outbox:changed", () => this.#countPhotos(), { signal });
    document.addEventListener("outbox:sent", (event) => this.#sent(event), { signal });
    this.#enable();
    this.#fillAnswers();
    this.#countPhotos();
    this.#turn();
  }

  disconnectedCallback() {
    this.#life?.abort();
  }

  /** @param {Event} event */
  #changed(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.dataset.acknowledges) this.#acknowledge(input);
    else if (input.dataset.mark || input.dataset.choice) this.#fillAnswers();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-agree-all]")) this.#agreeWithAll();
  }

  /** Every mark that nothing was said of; one change, so one request. */
  #agreeWithAll() {
    const open = [...this.querySelectorAll('input[data-mark][value="agree"]')].filter(
      (input) => !this.querySelector(`input[name="${/** @type {HTMLInputElement} */ (input).name}"]:checked`),
    );
    for (const input of open) /** @type {HTMLInputElement} */ (input).checked = true;
    open[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {HTMLInputElement} input */
  #acknowledge(input) {
    const code = /** @type {string} */ (input.dataset.acknowledges);
    if (input.checked) this.#acknowledged[code] = new Date().toISOString();
    else delete this.#acknowledged[code];
    this.#keep();
    this.#showRead();
    const page = input.closest("section");
    const isDone = page && !page.querySelector("input[data-acknowledges]:not(:checked)");
    const next = page?.querySelector(".customer-page__foot .btn--primary")?.getAttribute("href");
    if (input.checked && isDone && next) setTimeout(() => (location.hash = next), TURN_AFTER_MS);
  }

  /**
   * First pass: the document is made, which takes a moment. Second pass: the form goes its way.
   * @param {SubmitEvent} event
   */
  #submitted(event) {
    if (this.#isBuilt) {
      this.#isBuilt = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#seal();
  }

  async #seal() {
    const box = /** @type {any} */ (this.querySelector("signature-box"));
    const { groups, width, height } = box.drawing;
    const isUnread = this.#due.some((code) => !this.#acknowledged[code]);
    const isBlank = strokesProblem(groups, { width, height }) !== null;
    this.#say("[data-unread-first]", isUnread);
    this.#say("[data-blank]", isBlank);
    const isUnanswered = this.#sitting.slots.some((/** @type {Slot} */ slot) => slot.kind === "choice" && !this.#answerTo(slot, ""));
    this.#say("[data-unanswered]", isUnanswered);
    this.#say("[data-insecure]", !crypto.subtle);
    if (isUnread || isBlank || isUnanswered || !crypto.subtle) return;
    const made = await buildDocument(await this.#whatIsSigned(readStrokes(groups, { width, height })));
    const bytes = canonicalBytes(made);
    this.#field("document").value = new TextDecoder().decode(bytes);
    this.#field("sha256").value = await sha256Hex(bytes);
    // The outbox gives each capture its id; on the customer's own phone there is none.
    if (!this.#form.matches("[data-outbox]")) this.#field("id").value ||= newId();
    this.#isBuilt = true;
    this.#form.requestSubmit();
  }

  /**
   * @param {import("../lib/strokes.js").Drawing} drawing
   * @returns {Promise<import("../lib/seal.js").Sitting>}
   */
  async #whatIsSigned(drawing) {
    const { site, visit, language, taken_by } = this.#sitting;
    const underWay = await this.#photosUnderWay();
    return {
      site,
      visit,
      language,
      statements: this.#sitting.statements.map((/** @type {any} */ statement) => ({
        ...this.#asShown(statement, underWay),
        acknowledged_at: this.#acknowledged[statement.code],
      })),
      signer: { name: this.#field("signer_name").value.trim(), relation: this.#field("signer_relation").value },
      drawing,
      signed_at: new Date().toISOString(),
      tablet: { id: this.#sitting.tablet.id, clock_offset_ms: outbox.connection.contact.offset },
      taken_by,
    };
  }

  /** @param {any} statement @param {import("../lib/sitting.js").PhotoUnderWay[]} underWay */
  #asShown(statement, underWay) {
    return asShown(statement, this.#sitting.slots, this.#answerTo, underWay);
  }

  /** @param {Slot} slot @param {string} otherwise */
  #answerTo = ({ kind, mark, key }, otherwise) => {
    const asked = kind === "view" ? `[data-mark="${mark}"]` : `[data-choice="${CSS.escape(key)}"]`;
    const chosen = /** @type {HTMLInputElement | null} */ (this.querySelector(`input${asked}:checked`));
    return chosen?.value ?? otherwise;
  };

  /** The line under a mark or a question says what will be sealed. */
  #fillAnswers() {
    for (const slot of this.#sitting.slots) if (slot.kind !== "photos") this.#write(slot, 0);
    if (this.#sitting.slots.every((/** @type {Slot} */ slot) => slot.kind !== "choice" || this.#answerTo(slot, ""))) {
      this.#say("[data-unanswered]", false);
    }
  }

  async #countPhotos() {
    const underWay = await this.#photosUnderWay();
    const waiting = underWay.length;
    for (const slot of this.#sitting.slots) {
      if (slot.kind === "photos") {
        const shown = this.#asShown(this.#statement(slot.code), underWay);
        this.#write(slot, shown.photos.length);
      }
    }
    const note = this.querySelector("[data-under-way]");
    const words = /** @type {HTMLElement | null} */ (note?.querySelector("[data-template]"));
    if (words) words.textContent = (words.dataset.template ?? "").replace(COUNT_SLOT, String(waiting));
    if (note instanceof HTMLElement) note.hidden = waiting === 0;
  }

  /** @param {Slot} slot @param {number} photoCount */
  #write(slot, photoCount) {
    const line = this.querySelector(`[data-line="${slot.code}-${slot.line}"]`);
    const words = wordsOf(slot, this.#answerTo, photoCount);
    if (line && line.textContent !== words) line.textContent = words;
  }

  /** Photos of this visit that wait on this tablet, with the statement each belongs to. */
  async #photosUnderWay() {
    const entries = await outbox.list().catch(() => []);
    return entries
      .filter(({ kind, state, visit }) => kind === "photo" && state === "waiting" && visit === this.dataset.visit)
      .map(({ row, fields, sha256 }) => {
        const subject = fields.find(([name]) => name === "subject")?.[1] ?? "angle";
        return { code: this.#sitting.statement_of_subject[subject], id: row ?? "", sha256: sha256 ?? "" };
      })
      .filter(({ id, sha256 }) => id && sha256);
  }

  /** One page at a time; without a hash the first. */
  #turn() {
    const pages = [...this.querySelectorAll(".customer-page")];
    const target = location.hash ? this.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`) : null;
    const here = target?.closest(".customer-page") ?? pages[0];
    for (const page of pages) page.toggleAttribute("hidden", page !== here);
    for (const link of document.querySelectorAll(".customer__page")) {
      const isHere = link.getAttribute("href") === `#${here?.id}`;
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (target && target !== here) target.scrollIntoView();
    else scrollTo(0, 0);
    this.#showRead();
  }

  #showRead() {
    for (const line of this.querySelectorAll("[data-to-sign]")) {
      const isRead = Boolean(this.#acknowledged[/** @type {HTMLElement} */ (line).dataset.toSign ?? ""]);
      line.toggleAttribute("data-read", isRead);
      line.querySelector("[data-unread]")?.toggleAttribute("hidden", isRead);
    }
    for (const page of this.querySelectorAll(".customer-page")) {
      const ticks = [...page.querySelectorAll("input[data-acknowledges]")];
      const isRead = ticks.every((tick) => /** @type {HTMLInputElement} */ (tick).checked);
      const link = document.querySelector(`.customer__page[href="#${page.id}"]`);
      link?.toggleAttribute("data-done", page.id !== "sign" && isRead);
    }
    if (this.#due.every((code) => this.#acknowledged[code])) this.#say("[data-unread-first]", false);
  }

  /** Before the script runs nothing can be tapped that would be lost. */
  #enable() {
    for (const control of this.querySelectorAll(":disabled")) control.removeAttribute("disabled");
  }

  /** What waited here has arrived: on to what comes after it. @param {Event} event */
  #sent(event) {
    const { entry } = /** @type {CustomEvent} */ (event).detail;
    const here = new URL(this.#form.action).pathname;
    if (this.hasAttribute("data-locked") && entry.url === here) location.assign(this.dataset.after ?? "");
  }

  /** Signed and kept here: nothing is signed twice. */
  #lock() {
    this.toggleAttribute("data-locked", true);
    this.querySelector("[data-saved-note]")?.remove(); // ours says more
    this.#say("[data-kept]", true);
    this.querySelector("[data-kept]")?.scrollIntoView({ block: "center" });
    for (const control of this.querySelectorAll("[data-sign], [data-again], input, select")) {
      control.setAttribute("disabled", "");
    }
  }

  /** Ticks outlive a reload, as long as the words are the same. */
  #restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#draftName) ?? "{}");
      this.#acknowledged = Object.fromEntries(
        Object.entries(kept)
          .filter(([code, { words }]) => words === JSON.stringify(this.#statement(code)?.words))
          .map(([code, { at }]) => [code, at]),
      );
    } catch {
      this.#acknowledged = {};
    }
    for (const input of this.querySelectorAll("input[data-acknowledges]")) {
      const tick = /** @type {HTMLInputElement} */ (input);
      tick.checked = Boolean(this.#acknowledged[tick.dataset.acknowledges ?? ""]);
    }
  }

  #keep() {
    const kept = Object.entries(this.#acknowledged).map(([code, at]) => {
      return [code, { at, words: JSON.stringify(this.#statement(code).words) }];
    });
    try {
      sessionStorage.setItem(this.#draftName, JSON.stringify(Object.fromEntries(kept)));
    } catch {
      // Without room for a draft the ticks are still on the glass.
    }
  }

  get #draftName() {
    return `read:${this.dataset.visit}`;
  }

  /** @returns {string[]} */
  get #due() {
    return this.#sitting.statements.map((/** @type {any} */ statement) => statement.code);
  }

  /** @param {string} code */
  #statement(code) {
    return this.#sitting.statements.find((/** @type {any} */ statement) => statement.code === code);
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form#seal"));
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }

  /** @param {string} selector @param {boolean} isSo */
  #say(selector, isSo) {
    this.querySelector(selector)?.toggleAttribute("hidden", !isSo);
  }
}

customElements.define("sign-sheet", SignSheet);
