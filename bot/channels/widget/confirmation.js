// A question of the chat's own, asked before something that cannot be taken back.

import { el } from "./dom.js";

export class Confirmation {
  #onClose;

  constructor(onClose) {
    this.#onClose = onClose;
    this.element = el("div", { class: "confirmation", role: "group", "aria-labelledby": "question", hidden: true });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  ask(question, yes, no, onYes) {
    const button = (label, onclick, properties) =>
      el("button", { type: "button", onclick: () => (this.close(), onclick?.()), ...properties }, label);
    const cancel = button(no);
    this.element.replaceChildren(el("p", { id: "question" }, question), button(yes, onYes, { class: "strong" }), cancel);
    this.element.hidden = false;
    cancel.focus();
  }

  close() {
    this.element.hidden = true;
    this.#onClose();
  }
}
