/** Ready sentences for the text field named by data-for: a tap puts one in, a second takes it out. */
class PhrasePicks extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#pick);
    document.addEventListener("input", this.#typed);
    this.#show();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#pick);
    document.removeEventListener("input", this.#typed);
  }

  #pick = (event) => {
    const phrase = event.target.closest("[data-phrase]")?.dataset.phrase;
    const field = this.#field;
    if (!phrase || !field) return;
    const kept = field.value.split("\n").filter((line) => line.trim() !== "" && line !== phrase);
    if (!field.value.split("\n").includes(phrase)) kept.push(phrase);
    field.value = kept.join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  #typed = (event) => {
    if (event.target === this.#field) this.#show();
  };

  get #field() {
    return document.getElementById(this.dataset.for);
  }

  #show() {
    const lines = this.#field?.value.split("\n") ?? [];
    for (const button of this.querySelectorAll("[data-phrase]")) {
      button.setAttribute("aria-pressed", String(lines.includes(button.dataset.phrase)));
    }
  }
}

customElements.define("phrase-picks", PhrasePicks);
