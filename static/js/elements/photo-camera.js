import { endStream, heldStream, holdStream, openCamera, takePhoto } from "../lib/camera.js";
import { newId } from "../lib/ids.js";
import { LONGEST_SIDE, sha256Hex, shrink } from "../lib/shrink.js";
import { outbox } from "../offline/outbox.js";
import { roomFor } from "../offline/room.js";

const FREE = "free";

/**
 * A live camera in the page: one tap, one photo, each on its own way through the outbox. Where no
 * live camera may be had, the file input inside does the same work.
 */
class PhotoCamera extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {MediaStream | null} */
  #stream = null;
  #isOpening = false;
  #angle = FREE;
  /** @type {Promise<unknown>} one photo after the other, in the order of the taps */
  #working = Promise.resolve();

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.addEventListener("change", (event) => this.#chosen(event), { signal });
    this.addEventListener("input", (event) => this.#fade(event), { signal });
    addEventListener("pagehide", () => this.#stop(), { signal });
    document.addEventListener("visibilitychange", () => this.#seen(), { signal });
    document.addEventListener("outbox:sent", (event) => this.#mark(event, "safe"), { signal });
    document.addEventListener("outbox:parked", (event) => this.#mark(event, "parked"), { signal });
    document.addEventListener("outbox:changed", () => this.#count(), { signal });
    document.addEventListener("outbox:sent", () => this.#lookForRoom(), { signal });
    const held = heldStream();
    this.dataset.mode ??= "off";
    this.#restore().then(() => this.#next());
    this.#lookForRoom();
    if (held || this.hasAttribute("data-start")) this.open(held);
  }

  disconnectedCallback() {
    this.#life?.abort();
    const stream = this.#stream;
    this.#stream = null;
    this.#stop();
    if (stream) holdStream(stream);
  }

  /** Shows the live picture, or the file input. Safe to call twice. @param {MediaStream | null} [held] */
  async open(held = null) {
    if (this.#stream || this.#isOpening) return;
    this.#isOpening = true;
    try {
      const stream = held ?? (await openCamera());
      if (!this.isConnected || document.visibilityState === "hidden") return endStream(stream);
      this.#stream = stream;
      const video = /** @type {HTMLVideoElement} */ (this.querySelector("video"));
      video.srcObject = stream;
      await video.play();
      this.dataset.mode = "live";
      this.#aim(this.#angle);
      this.#offerTorch();
    } catch {
      this.#stop();
      this.dataset.mode = "file";
      this.#aim(this.#angle);
    } finally {
      this.#isOpening = false;
    }
  }

  close() {
    this.#stop();
    this.dataset.mode = "off";
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {Element} */ (event.target).closest("button, [data-pick-angle]");
    if (!(button instanceof HTMLElement)) return;
    if (button.matches("[data-open]")) this.open();
    if (button.matches("[data-close]")) this.close();
    if (button.matches("[data-shoot]")) this.#shoot();
    if (button.matches("[data-skip]")) this.#next(this.#angle);
    if (button.matches("[data-torch]")) this.#torch(button);
    if (button.dataset.pickAngle) this.#aim(button.dataset.pickAngle);
  }

  /** @param {Event} event */
  #chosen(event) {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    for (const file of input.files ?? []) this.#keep(Promise.resolve(file), this.#angle);
    input.value = "";
  }

  /** How much of the earlier photo shines through the live picture. @param {Event} event */
  #fade(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.matches("[data-ghost-opacity]")) this.style.setProperty("--ghost", String(Number(input.value) / 100));
  }

  /** An open camera in the background eats the battery, and iPadOS freezes it anyway. */
  #seen() {
    if (document.visibilityState === "hidden") this.#stop();
    else if (this.dataset.mode === "live") this.open();
  }

  #shoot() {
    const video = this.querySelector("video");
    const track = this.#track;
    if (!video || !track || video.videoWidth === 0) return;
    this.#keep(takePhoto(video, track), this.#angle);
  }

  /** Said before the next photo is taken, not when it could not be kept. */
  async #lookForRoom() {
    const state = await roomFor(this.dataset.original === "1");
    this.dataset.room = state;
    for (const shutter of this.querySelectorAll("button[data-shoot], input[type=file]")) {
      shutter.toggleAttribute("disabled", state === "none");
    }
  }

  /** @param {Promise<Blob>} taken @param {string} angle */
  #keep(taken, angle) {
    const tile = this.#tile({ angle, state: "taking" });
    this.#next(angle);
    const capturedAt = new Date().toISOString();
    const more = Object.entries({ ...JSON.parse(this.dataset.fields ?? "{}"), ...this.#fieldsOf(angle) });
    const kept = this.#working.then(async () => this.#send(await taken, { angle, tile, capturedAt, more }));
    this.#working = kept.catch(() => tile?.setAttribute("data-state", "failed"));
    taken.catch(() => undefined);
    this.#working.then(() => this.#count()).then(() => this.#lookForRoom());
  }

  /**
   * @param {Blob} blob
   * @param {{angle: string, tile: HTMLElement | null, capturedAt: string, more: [string, unknown][]}} about
   */
  async #send(blob, { angle, tile, capturedAt, more }) {
    const { bytes, type } = await this.#reduced(blob);
    const sha256 = await sha256Hex(bytes);
    const [id, row] = [newId(), newId()];
    show(tile, new Blob([bytes], { type }), row, id);
    const filename = `${row}.${type.split("/")[1] ?? "jpg"}`;
    await outbox.submit(
      {
        id,
        url: this.dataset.action ?? "",
        visit: this.dataset.visit,
        sha256,
        fields: [
          ["id", row],
          ["_key", id],
          ...(more.some(([name]) => name === "angle") ? [] : [/** @type {[string, string]} */ (["angle", angle])]),
          ["captured_at", capturedAt],
          ["sha256", sha256],
          ...more.map(([name, value]) => /** @type {[string, string]} */ ([name, String(value)])),
        ],
        files: [{ name: "photo", file: new File([bytes], filename, { type }) }],
      },
      () => false, // a refused photo is kept for a person: no form holds it
    ).stored;
    if (tile?.dataset.state === "taking") tile.dataset.state = "waiting";
    this.dispatchEvent(new CustomEvent("photo:taken", { bubbles: true, detail: { id: row, angle } }));
  }

  /** What is sent: by default smaller, by setting of the site the camera's own file. @param {Blob} blob */
  async #reduced(blob) {
    const own = async () => ({ bytes: await blob.arrayBuffer(), type: blob.type || "image/jpeg" });
    if (this.dataset.original === "1") return own();
    try {
      return await shrink(
        blob,
        Number(this.dataset.longestSide ?? LONGEST_SIDE),
        Number(this.dataset.quality ?? 0.82),
      );
    } catch {
      return own();
    }
  }

  /** Tiles of what waits on this tablet, after a reload or a swap. */
  async #restore() {
    const path = new URL(this.dataset.action ?? "", location.href).pathname;
    const entries = await outbox.list().catch(() => []);
    for (const entry of entries.filter(({ kind, url }) => kind === "photo" && url === path)) {
      if (!this.isConnected || !this.#isMine(entry.fields)) continue;
      if (this.querySelector(`[data-entry="${entry.id}"], [data-photo="${entry.row}"]`)) continue;
      const angle = this.#angleOf(entry.fields);
      const tile = this.#tile({ angle, state: entry.state });
      const [bytes] = await outbox.store.bytes(entry.id);
      if (bytes) show(tile, new Blob([bytes], { type: entry.files[0]?.type }), entry.row, entry.id);
    }
    this.#count();
  }

  /** What an angle says of its photos beyond its name. @param {string} code @returns {Record<string, string>} */
  #fieldsOf(code) {
    return this.#angles.find((angle) => angle.code === code)?.fields ?? {};
  }

  /** Which angle a waiting photo was taken for. @param {[string, string][]} fields */
  #angleOf(fields) {
    const sent = Object.fromEntries(fields);
    const own = this.#angles.find(({ fields: wanted }) => wanted && Object.entries(wanted).every(([name, value]) => sent[name] === value));
    return own?.code ?? sent.angle ?? FREE;
  }

  /** Whether a photo is of the same subject as this camera's. @param {[string, string][]} fields */
  #isMine(fields) {
    const mine = JSON.parse(this.dataset.fields ?? "{}");
    return Object.entries(mine).every(([name, value]) =>
      fields.some(([field, kept]) => field === name && kept === String(value)),
    );
  }

  /** @param {Event} event @param {string} state */
  #mark(event, state) {
    const { entry } = /** @type {CustomEvent} */ (event).detail;
    const tile = this.querySelector(`[data-entry="${entry.id}"]`);
    if (tile) tile.setAttribute("data-state", state);
    const link = tile?.querySelector("a[data-draw], a[data-compare]");
    if (link instanceof HTMLAnchorElement && state === "safe" && entry.row) {
      // The shop has it: it opens, or stands beside the photo that it repeats.
      const { draw, compare } = link.dataset;
      const code = tile?.getAttribute("data-angle") ?? "";
      link.href = compare ? compare.replace(/[^/]+$/, code) : (draw ?? "").replace(/[^/]+$/, entry.row);
    }
    this.#count();
  }

  #count() {
    const tiles = this.querySelectorAll("[data-photo-tile]");
    const safe = this.querySelectorAll('[data-photo-tile][data-state="safe"]').length;
    for (const slot of this.querySelectorAll("[data-safe]")) write(slot, String(safe));
    for (const slot of this.querySelectorAll("[data-total]")) write(slot, String(tiles.length));
    this.toggleAttribute("data-all-safe", safe === tiles.length);
  }

  /** @param {{angle: string, state: string}} about @returns {HTMLElement | null} */
  #tile({ angle, state }) {
    const template = this.querySelector("template[data-tile]");
    const list = this.querySelector(`[data-tiles-of="${CSS.escape(angle)}"]`) ?? this.querySelector("[data-tiles]");
    if (!(template instanceof HTMLTemplateElement) || !list) return null;
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const tile = /** @type {HTMLElement} */ (copy.firstElementChild);
    tile.toggleAttribute("data-photo-tile", true);
    Object.assign(tile.dataset, { angle, state });
    const name = tile.querySelector("[data-tile-name]");
    if (name) name.textContent = this.#nameOf(angle);
    list.append(tile);
    this.#count();
    return tile;
  }

  /** @returns {{code: string, name: string, outline?: string, ghost?: string, fields?: Record<string, string>}[]} */
  get #angles() {
    return JSON.parse(this.dataset.angles ?? "[]");
  }

  /** @param {string} code */
  #nameOf(code) {
    return this.#angles.find((angle) => angle.code === code)?.name ?? this.dataset.freeName ?? "";
  }

  /** Names the first angle without a photo, after the given one. @param {string} [after] */
  #next(after) {
    const codes = this.#angles.map(({ code }) => code);
    const start = after === undefined ? 0 : codes.indexOf(after) + 1;
    const around = [...codes.slice(start), ...codes.slice(0, start)];
    this.#aim(around.find((code) => !this.querySelector(`[data-photo-tile][data-angle="${code}"]`)) ?? FREE);
  }

  /** @param {string} code */
  #aim(code) {
    this.#angle = code;
    this.dataset.angle = code;
    for (const slot of this.querySelectorAll("[data-angle-name]")) write(slot, this.#nameOf(code));
    const { outline, ghost = "" } = this.#angles.find((angle) => angle.code === code) ?? {};
    const drawing = this.querySelector("[data-outline]");
    drawing?.toggleAttribute("data-empty", !outline);
    for (const image of /** @type {NodeListOf<HTMLImageElement>} */ (this.querySelectorAll("img[data-ghost]"))) {
      image.hidden = !ghost || this.dataset.mode === "off";
      if (!image.hidden) image.src = ghost;
    }
    // Fetched only for a live picture: most pages with a camera never open it.
    if (this.dataset.mode === "live") drawing?.querySelector("use")?.setAttribute("href", outline ?? "");
  }

  get #track() {
    return this.#stream?.getVideoTracks()[0];
  }

  #offerTorch() {
    const capabilities = /** @type {any} */ (this.#track?.getCapabilities?.() ?? {});
    for (const button of this.querySelectorAll("button[data-torch]")) {
      /** @type {HTMLButtonElement} */ (button).hidden = !capabilities.torch;
    }
  }

  /** @param {HTMLElement} button */
  async #torch(button) {
    const torch = button.getAttribute("aria-pressed") !== "true";
    await this.#track?.applyConstraints({ advanced: [/** @type {any} */ ({ torch })] });
    button.setAttribute("aria-pressed", String(torch));
  }

  #stop() {
    if (this.#stream) endStream(this.#stream);
    this.#stream = null;
    const video = this.querySelector("video");
    if (video) video.srcObject = null;
  }
}

/**
 * @param {HTMLElement | null} tile
 * @param {Blob} blob
 * @param {string | null} row
 * @param {string} id
 */
function show(tile, blob, row, id) {
  if (!tile) return;
  Object.assign(tile.dataset, { photo: row ?? "", entry: id });
  const image = tile.querySelector("img");
  if (!image) return;
  const url = URL.createObjectURL(blob);
  image.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
  image.src = url;
}

/** @param {Element} slot @param {string} text */
function write(slot, text) {
  if (slot.textContent !== text) slot.textContent = text;
}

customElements.define("photo-camera", PhotoCamera);
