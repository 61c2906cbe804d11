import { newId } from "../lib/ids.js";
import { hold } from "./captor.js";

const CLOSING = { name: "RSA-OAEP", hash: "SHA-256" };

/**
 * Takes the tablet over in a person's name: the PIN is closed with the shop's key and waits in the
 * outbox, before everything that is captured from here on. Nothing on the tablet can read it.
 * @param {import("./outbox.js").Outbox} outbox
 * @param {{id: string, name: string}} person
 * @param {string} pin
 * @param {string} key the shop's public key, base64
 */
export async function takeOver(outbox, person, pin, key) {
  const id = newId();
  const fields = [
    ["id", id],
    ["person", person.id],
    ["closed_pin", await closed(pin, key)],
    ["_key", ""],
  ];
  await outbox.put({ url: "/claims", fields: /** @type {[string, string][]} */ (fields) });
  hold({ id, person: person.id, name: person.name, over: outbox.connection.contact.signIn ?? null });
}

/** @param {string} pin @param {string} key @returns {Promise<string>} base64 */
export async function closed(pin, key) {
  const spki = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  const shop = await crypto.subtle.importKey("spki", spki, CLOSING, false, ["encrypt"]);
  const bytes = await crypto.subtle.encrypt(CLOSING, shop, new TextEncoder().encode(pin));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
