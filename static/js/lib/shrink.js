/**
 * Makes a photo smaller on the tablet, upright and without metadata, before it is sent, and names
 * it by its hash.
 */

/** Longest side of what is sent, in pixels. Keep in step with inspect_app/photos/rules.py. */
export const LONGEST_SIDE = 2000;

/** JPEG, because Safari encodes no WebP. */
const TYPE = "image/jpeg";

/**
 * @typedef {object} Shrunk
 * @property {ArrayBuffer} bytes  ready to be stored: Safari loses Blobs kept in IndexedDB
 * @property {number} width  pixels, upright
 * @property {number} height  pixels, upright
 * @property {string} type  media type of `bytes`
 */

/**
 * The picture as a JPEG no side of which is longer than `longestSide`; never made larger.
 * Rejects where the browser cannot read the picture: then the file itself is to be sent.
 *
 * @param {Blob} blob
 * @param {number} [longestSide]  pixels
 * @param {number} [quality]  0 to 1
 * @returns {Promise<Shrunk>}
 */
export async function shrink(blob, longestSide = LONGEST_SIDE, quality = 0.82) {
  const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image" });
  try {
    const { width, height } = fit(bitmap.width, bitmap.height, longestSide);
    const canvas = canvasOf(width, height);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    // JPEG has no transparency; without this what is transparent turns black.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
    const jpeg = await encoded(canvas, quality);
    // An iPad gives the memory of a canvas back only once it is empty.
    canvas.width = canvas.height = 0;
    return { bytes: await jpeg.arrayBuffer(), width, height, type: TYPE };
  } finally {
    bitmap.close();
  }
}

/**
 * The size in the same proportions with no side above `longestSide`; never a larger one.
 *
 * @param {number} width
 * @param {number} height
 * @param {number} longestSide
 * @returns {{width: number, height: number}}
 */
export function fit(width, height, longestSide) {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/**
 * The SHA-256 of the bytes as 64 small hexadecimal digits. Needs a secure context.
 *
 * @param {ArrayBuffer} bytes
 * @returns {Promise<string>}
 */
export async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {OffscreenCanvas | HTMLCanvasElement}
 */
function canvasOf(width, height) {
  if (typeof OffscreenCanvas === "function") return new OffscreenCanvas(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/**
 * @param {OffscreenCanvas | HTMLCanvasElement} canvas
 * @param {number} quality
 * @returns {Promise<Blob>}
 */
function encoded(canvas, quality) {
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type: TYPE, quality });
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new DOMException("no memory", "EncodingError"))),
      TYPE,
      quality,
    );
  });
}
