/** A dialog that came as an answer: opens at once, and leaves the page when it is closed. */
class OpenSheet extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog");
    if (!dialog) return;
    dialog.addEventListener("close", this.#leave);
    if (!dialog.open) dialog.showModal();
  }

  #leave = () => this.remove();
}

customElements.define("open-sheet", OpenSheet);
