// Where the visitor writes: a field that grows, sent by Enter or by its button.

import { el, icon } from "./dom.js";

const MOST_CHARACTERS = "2000";
const BORDERS_PX = 2;

export class Composer {
  constructor(words, onSend) {
    this.field = el("textarea", {
      id: "field",
      rows: "1",
      maxlength: MOST_CHARACTERS,
      autocomplete: "off",
      dir: "auto",
      placeholder: words.placeholder,
      oninput: () => this.#grow(),
      onkeydown: (event) => this.#sendOnEnter(event),
    });
    this.element = el(
      "form",
      { onsubmit: (event) => (event.preventDefault(), this.#send(onSend)) },
      el("label", { class: "hidden", for: "field" }, words.field),
      this.field,
      el("button", { type: "submit", class: "send", "aria-label": words.send, title: words.send }, icon("send")),
    );
  }

  #send(onSend) {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.#grow();
    onSend(text);
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + BORDERS_PX}px`;
  }

  #sendOnEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }
}
