import { beep } from "../lib/beep.js";
import { Wedge } from "../lib/wedge.js";

const FRAME_MS = 120;
/** The centre square is read at most this large; a label fills a third of it. */
const SQUARE_PX = 720;
/** The same code is read again only after it was out of sight so long. */
const AGAIN_MS = 2_000;
const RESULT_MS = 1_600;
const MOST_SHOWN = 8;
const REMEMBER = "scan-with-camera";

/**
 * Reads codes: with the camera, from a photo, or from a hand-held scanner that types. Each code goes
 * through the page's form `[data-scan-form]`, and as the event `code:found` {code, way}. What was
 * scanned is never opened.
 */
class CodeScanner extends HTMLElement {
  /** @type {AbortController | undefined} */
  #life;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {Promise<any> | null} */
  #detector = null;
  #canvas = document.createElement("canvas");
  #wedge = new Wedge();
  #typed = { field: /** @type {HTMLInputElement | null} */ (null), value: "" };
  #last = { code: "", at: -Infinity };
  #timers = { frame: 0, pause: 0, result: 0 };

  connectedCallback() {
    this.#life?.abort();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.addEventListener("change", (event) => this.#chosen(event), { signal });
    document.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    document.addEventListener("visibilitychange", () => document.hidden && this.#stop(), { signal });
    document.addEventListener("htmx:after:swap", () => this.#answered(), { signal });
    addEventListener("pagehide", () => this.#stop(), { signal });
    this.#answered();
    if (localStorage.getItem(REMEMBER)) this.#start();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#stop();
  }

  // Camera -------------------------------------------------------------------------------------

  /** @param {Event} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-start]")) {
      localStorage.setItem(REMEMBER, "1");
      this.#start();
    } else if (target.closest("[data-stop]")) {
      localStorage.removeItem(REMEMBER);
      this.#stop();
    } else if (target.closest("[data-torch]")) this.#light();
  }

  async #start() {
    if (this.#stream || this.dataset.mode === "starting") return;
    this.dataset.mode = "starting";
    this.#say("starting");
    this.#ready().catch(() => this.#say("broken"));
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      if (!this.isConnected || document.hidden) return end(stream);
      this.#stream = stream;
      const video = /** @type {HTMLVideoElement} */ (this.querySelector("video"));
      video.srcObject = stream;
      await video.play();
    } catch {
      this.#stop();
      this.#say("denied");
      return;
    }
    this.dataset.mode = "live";
    this.#say("");
    const torch = this.querySelector("[data-torch]");
    const can = /** @type {any} */ (this.#stream?.getVideoTracks()[0].getCapabilities?.());
    torch?.toggleAttribute("hidden", !can?.torch);
    this.#look();
  }

  #stop() {
    clearTimeout(this.#timers.frame);
    if (this.#stream) end(this.#stream);
    this.#stream = null;
    const video = this.querySelector("video");
    if (video) video.srcObject = null;
    this.dataset.mode = "off";
    this.#say("");
  }

  async #light() {
    const track = this.#stream?.getVideoTracks()[0];
    const on = !(/** @type {any} */ (track?.getSettings()).torch);
    await track?.applyConstraints(/** @type {any} */ ({ advanced: [{ torch: on }] })).catch(() => {});
  }

  /** One look at the centre square, then the next: about eight a second. */
  async #look() {
    const began = performance.now();
    const video = this.querySelector("video");
    if (!this.#stream || !video) return;
    if (video.videoWidth) {
      try {
        const code = await this.#read(video, video.videoWidth, video.videoHeight);
        if (code && this.#stream) this.#seen(code);
      } catch {
        this.#say("broken");
      }
    }
    const left = Math.max(20, FRAME_MS - (performance.now() - began));
    this.#timers.frame = window.setTimeout(() => this.#look(), left);
  }

  /** @param {string} code */
  #seen(code) {
    const now = performance.now();
    const isSame = code === this.#last.code && now - this.#last.at < AGAIN_MS;
    this.#last = { code, at: now };
    if (!isSame) this.#found(code, "camera");
  }

  // Decoder ------------------------------------------------------------------------------------

  /** The decoder, loaded once; after a failure it is tried again. @returns {Promise<any>} */
  #ready() {
    this.#detector ??= this.#load().catch((problem) => {
      this.#detector = null;
      throw problem;
    });
    return this.#detector;
  }

  /** From our own server, and only when something is to be decoded: whoever types loads nothing. */
  async #load() {
    const page = /** @type {any} */ (window);
    if (!page.BarcodeDetectionAPI) {
      const script = document.createElement("script");
      script.src = this.dataset.decoder ?? "";
      const loaded = new Promise((resolve, reject) => {
        script.addEventListener("load", resolve);
        script.addEventListener("error", () => reject(new Error("the decoder did not load")));
      });
      document.head.append(script);
      await loaded;
    }
    const locateFile = (/** @type {string} */ path, /** @type {string} */ folder) =>
      path.endsWith(".wasm") ? this.dataset.wasm : folder + path;
    const api = page.BarcodeDetectionAPI;
    await api.prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
    return new api.BarcodeDetector({ formats: ["qr_code"] });
  }

  /**
   * The code in the centre square of a picture, or "".
   * @param {CanvasImageSource} picture
   * @param {number} width
   * @param {number} height
   */
  async #read(picture, width, height, longest = SQUARE_PX) {
    const detector = await this.#ready();
    const side = Math.min(width, height);
    const size = Math.min(side, longest);
    this.#canvas.width = this.#canvas.height = size;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context?.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side, 0, 0, size, size);
    const found = await detector.detect(this.#canvas);
    return /** @type {string} */ (found[0]?.rawValue ?? "");
  }

  /** @param {Event} event */
  async #chosen(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file || !input.matches("[data-file]")) return;
    this.#say("starting");
    let code = "";
    try {
      const picture = await createImageBitmap(file);
      const detector = await this.#ready();
      const found = await detector.detect(picture);
      code = found[0]?.rawValue || (await this.#read(picture, picture.width, picture.height, 1600));
      picture.close();
    } catch {
      code = "";
    }
    input.value = "";
    this.#say(code ? "" : "unread");
    if (code) this.#found(code, "photo");
    else this.#show("bad");
  }

  // Hand-held scanner --------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.matches("[type=password]")) return;
    if (this.#wedge.length === 0) {
      const field = target.matches("input, textarea") ? /** @type {HTMLInputElement} */ (target) : null;
      this.#typed = { field, value: field?.value ?? "" };
    }
    const code = this.#wedge.key(event, event.timeStamp);
    clearTimeout(this.#timers.pause);
    if (code !== null) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (code) this.#scanned(code);
      return;
    }
    this.#timers.pause = window.setTimeout(() => {
      const late = this.#wedge.pause(performance.now());
      if (late) this.#scanned(late);
    }, this.#wedge.patience);
  }

  /** What the scanner typed into a field is taken out again. @param {string} code */
  #scanned(code) {
    const { field, value } = this.#typed;
    if (field?.isConnected) field.value = value;
    this.#typed = { field, value };
    this.#found(code, "keys");
  }

  // Found --------------------------------------------------------------------------------------

  /** @param {string} code @param {"camera" | "photo" | "keys"} way */
  #found(code, way) {
    beep("read");
    const detail = { code, way };
    if (!this.dispatchEvent(new CustomEvent("code:found", { bubbles: true, cancelable: true, detail }))) return;
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-scan-form]"));
    const field = form?.querySelector("input[name=code]");
    if (!form || !field) return;
    /** @type {HTMLInputElement} */ (field).value = code;
    form.requestSubmit();
    /** @type {HTMLInputElement} */ (field).value = "";
  }

  /** An answer came: colour, tone and buzz say which; an older card of the same key goes. */
  #answered() {
    const place = document.getElementById("scanned");
    const all = /** @type {HTMLElement[]} */ ([...(place?.querySelectorAll("[data-scanned]") ?? [])]);
    const known = new Set();
    for (const [index, shown] of all.entries()) {
      const isTooMany = index >= MOST_SHOWN && !place?.hasAttribute("data-keeps-all");
      if (known.has(shown.dataset.scanned) || isTooMany) shown.remove();
      known.add(shown.dataset.scanned);
    }
    const newest = all[0];
    if (!newest || newest.dataset.told) return;
    newest.dataset.told = "1";
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-scan-form] input[name=code]"));
    if (field) field.value = "";
    this.#show(/** @type {"good" | "warn" | "bad"} */ (newest.dataset.result ?? "good"));
  }

  /** @param {"good" | "warn" | "bad"} result */
  #show(result) {
    beep(result);
    this.dataset.result = result;
    clearTimeout(this.#timers.result);
    this.#timers.result = window.setTimeout(() => delete this.dataset.result, RESULT_MS);
  }

  /** @param {string} word */
  #say(word) {
    for (const line of this.querySelectorAll("[data-word]")) {
      line.toggleAttribute("hidden", line.getAttribute("data-word") !== word);
    }
  }
}

/** @param {MediaStream} stream */
function end(stream) {
  for (const track of stream.getTracks()) track.stop();
}

customElements.define("code-scanner", CodeScanner);
