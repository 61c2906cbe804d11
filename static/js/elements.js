/**
 * Loads the module of every custom element that is on the page and not yet defined.
 * File name = tag name: <undo-bar> is elements/undo-bar.js.
 * @param {ParentNode} root
 */
export function defineElementsIn(root) {
  const tags = new Set([...root.querySelectorAll(":not(:defined)")].map((element) => element.localName));
  for (const tag of tags) {
    if (/^[a-z]+(-[a-z0-9]+)+$/.test(tag)) import(`./elements/${tag}.js`);
  }
}
