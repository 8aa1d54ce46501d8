// The options of the chat: a button that opens a short list.

import { el } from "./dom.js";
import { LANGUAGES } from "./language.js";

export class Menu {
  #button;

  /** `entries`: pairs of a label and what it does; `privacy`: an address, or null. */
  constructor(button, entries, privacy, words, language, onLanguage) {
    this.#button = button;
    button.addEventListener("click", () => this.toggle());
    const entry = ([label, act]) =>
      el("button", { type: "button", onclick: () => (this.toggle(false), act()) }, label);
    const option = ([code, name]) =>
      el("option", { value: code, lang: code, selected: code === language }, name);
    const onchange = ({ target }) => onLanguage(target.value);
    this.element = el(
      "div",
      { class: "options", hidden: true },
      ...entries.map(entry),
      privacy && el("a", { href: privacy.url, onclick: privacy.onclick }, words.privacy),
      el(
        "div",
        { class: "language" },
        el("label", { for: "language" }, words.language),
        el("select", { id: "language", onchange }, ...Object.entries(LANGUAGES).map(option)),
      ),
    );
  }

  get isOpen() {
    return !this.element.hidden;
  }

  toggle(open = !this.isOpen) {
    this.element.hidden = !open;
    this.#button.setAttribute("aria-expanded", String(open));
    if (open) this.element.firstElementChild.focus();
    else this.#button.focus();
  }
}
