/** A photo that the camera does not deliver by then is taken from the moving picture. */
const STILL_MS = 4_000;
/** A swap takes the element away and brings it back; iPadOS may ask again for every new stream. */
const HELD_MS = 1_000;

/** @type {{stream: MediaStream, timer: ReturnType<typeof setTimeout>} | null} */
let held = null;

/**
 * The rear camera at its highest resolution. Rejects where no live camera may be had.
 * @returns {Promise<MediaStream>}
 */
export async function openCamera() {
  if (!navigator.mediaDevices?.getUserMedia) throw new TypeError("no live camera here");
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 4096 }, height: { ideal: 3072 } },
  });
}

/**
 * One photo: a still of full resolution where the browser gives it, else the frame that is shown.
 * @param {HTMLVideoElement} video
 * @param {MediaStreamTrack} track
 * @returns {Promise<Blob>}
 */
export async function takePhoto(video, track) {
  const ImageCapture = /** @type {any} */ (window).ImageCapture;
  if (ImageCapture) {
    try {
      const late = new Promise((_resolve, reject) => setTimeout(reject, STILL_MS));
      return await Promise.race([new ImageCapture(track).takePhoto(), late]);
    } catch {
      // Some cameras refuse stills while they stream; the frame is still a photo.
    }
  }
  return frameOf(video);
}

/** @param {HTMLVideoElement} video @returns {Promise<Blob>} */
function frameOf(video) {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new TypeError("no frame"))), "image/jpeg", 0.92);
  });
}

/** Keeps the stream for an element that is being swapped; ends it if nobody comes. @param {MediaStream} stream */
export function holdStream(stream) {
  endHeldStream();
  held = { stream, timer: setTimeout(endHeldStream, HELD_MS) };
}

/** The stream of the element that was swapped away just now. @returns {MediaStream | null} */
export function heldStream() {
  const stream = held?.stream ?? null;
  clearTimeout(held?.timer);
  held = null;
  return stream;
}

function endHeldStream() {
  const stream = heldStream();
  if (stream) endStream(stream);
}

/** @param {MediaStream} stream */
export function endStream(stream) {
  for (const track of stream.getTracks()) track.stop();
}
