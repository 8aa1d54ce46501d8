// One line that tells that messages wait, and why.

import { el } from "./dom.js";

export class ConnectionLine {
  #announce;

  constructor(announce) {
    this.#announce = announce;
    this.element = el("p", { class: "connection", hidden: true });
  }

  show(text) {
    if (!this.element.hidden && this.element.textContent === text) return;
    this.element.textContent = text;
    this.element.hidden = false;
    this.#announce(text);
  }

  /** Hides the line; says `text` if it was there. */
  hide(text = "") {
    if (text && !this.element.hidden) this.#announce(text);
    this.element.hidden = true;
  }
}
