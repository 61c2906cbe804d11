/**
 * SHA-256 and SHA-1 at once: the translated rules compare hashes in the middle of a function, where
 * `crypto.subtle`, which answers later, cannot be asked. SHA-1 only names rows (UUID version 5).
 */
const K256 = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const H256 = primes(8).map((prime) => fraction(Math.sqrt(prime)));
const K1 = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
const H1 = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];

/** @param {Uint8Array} bytes @returns {string} 64 hex digits */
export function sha256Hex(bytes) {
  const state = [...H256];
  for (const words of blocks(bytes)) {
    const w = new Int32Array(64);
    w.set(words);
    for (let i = 16; i < 64; i += 1) {
      const [a, b] = [w[i - 15], w[i - 2]];
      w[i] = w[i - 16] + (right(a, 7) ^ right(a, 18) ^ (a >>> 3)) + w[i - 7] + (right(b, 17) ^ right(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
      const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] = (state[place] + word) | 0));
  }
  return hex(state);
}

/** @param {Uint8Array} bytes @returns {string} 40 hex digits */
export function sha1Hex(bytes) {
  const state = [...H1];
  for (const words of blocks(bytes)) {
    const w = new Int32Array(80);
    w.set(words);
    for (let i = 16; i < 80; i += 1) w[i] = right(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 31);
    let [a, b, c, d, e] = state;
    for (let i = 0; i < 80; i += 1) {
      const part = Math.floor(i / 20);
      const mixed = part === 0 ? (b & c) | (~b & d) : part === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const next = (right(a, 27) + mixed + e + K1[part] + w[i]) | 0;
      [e, d, c, b, a] = [d, c, right(b, 2), a, next];
    }
    [a, b, c, d, e].forEach((word, place) => (state[place] = (state[place] + word) | 0));
  }
  return hex(state);
}

/** Sixteen words at a time, with the ending that both hashes want. */
function* blocks(bytes) {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);
  for (let start = 0; start < padded.length; start += 64) {
    yield Int32Array.from({ length: 16 }, (_none, place) => view.getInt32(start + place * 4));
  }
}

function right(word, bits) {
  return (word >>> bits) | (word << (32 - bits));
}

function fraction(number) {
  return ((number - Math.floor(number)) * 0x100000000) | 0;
}

function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime)) found.push(number);
  }
  return found;
}

function hex(state) {
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
