/**
 * What a page shows of a taking over without network: whose hands the tablet is in, and what the shop
 * said to the PIN once it had read it.
 */
import { heldBy } from "./offline/captor.js";
import { outbox } from "./offline/outbox.js";
import { keepTyped } from "./typed.js";

/** The page was made for who was signed in before; the head names who holds the tablet now. */
export function showHolder() {
  const held = heldBy(outbox.connection.contact);
  if (held && location.pathname === "/sign-in" && held.person === document.documentElement.dataset.person) return goOn();
  const who = document.querySelector("a.who");
  if (!held || !who) return;
  who.toggleAttribute("data-claimed", true);
  for (const slot of who.querySelectorAll(".who__name")) slot.textContent = held.name;
  for (const slot of who.querySelectorAll(".avatar")) slot.textContent = held.name.slice(0, 1).toUpperCase();
}

/**
 * A right PIN has signed the person in: the page is asked for again in their name.
 * @param {string} claim right, wrong or settled
 * @param {(template_id: string) => void} notify
 */
export async function answered(claim, notify) {
  if (claim !== "right") return notify("notice-wrong-pin");
  await outbox.connection.check();
  if (location.pathname === "/sign-in") return goOn();
  keepTyped();
  location.reload();
}

/** The page had asked to sign in before the shop had read the PIN: what was wanted opens now. */
async function goOn() {
  await outbox.connection.check(); // from here on the claim is over, and the names can be opened again
  document.querySelector("a[data-then]")?.click();
}
