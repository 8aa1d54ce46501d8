// The button that opens the chat, and tells of messages that came while it was closed.

import { el, icon } from "./dom.js";
import { fill } from "./language.js";

export class Launcher {
  #words;
  #label;
  #unread = 0;

  constructor(words, onclick) {
    this.#words = words;
    this.#label = el("span", {}, words.open);
    const properties = { class: "launcher", part: "launcher", "aria-haspopup": "dialog", onclick };
    this.element = el("button", { type: "button", ...properties }, icon("chat"), this.#label);
  }

  /** Adds to the number of messages that nobody has seen. */
  tell(count) {
    this.#unread += count;
    this.element.classList.toggle("unread", this.#unread > 0);
    this.#label.textContent = this.#unread ? fill(this.#words.unread, { count: this.#unread }) : this.#words.open;
  }

  /** Hides the button: everything is seen. */
  hide() {
    this.tell(-this.#unread);
    this.element.hidden = true;
  }

  /** Shows the button again, with the focus. */
  show() {
    this.element.hidden = false;
    this.element.focus();
  }
}
