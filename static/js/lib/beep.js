/** @type {AudioContext | null} */
let audio = null;

/** Pitch in Hz, length in s; the words of the ear: high and short is good, low and twice is not. */
const TONES = { read: [[1760, 0.05]], good: [[1320, 0.09]], warn: [[660, 0.12]], bad: [[220, 0.16], [220, 0.16]] };
/** ms on, off, on … */
const BUZZES = { read: [], good: [40], warn: [80], bad: [120, 80, 120] };

/**
 * A tone and a buzz, where the device can. Browsers allow sound after the first tap or key.
 * @param {"read" | "good" | "warn" | "bad"} kind
 */
export function beep(kind) {
  if (BUZZES[kind].length && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(BUZZES[kind]);
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => {});
    let at = audio.currentTime;
    for (const [pitch, length] of TONES[kind]) {
      const tone = new OscillatorNode(audio, { frequency: pitch, type: kind === "bad" ? "square" : "sine" });
      const volume = new GainNode(audio, { gain: 0.18 });
      volume.gain.setTargetAtTime(0, at + length * 0.7, 0.015);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + length + 0.08);
      at += length + 0.07;
    }
  } catch {
    // No sound here; colour and buzz say the same.
  }
}
