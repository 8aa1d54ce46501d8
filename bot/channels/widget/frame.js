// The frame of the chat: a panel with a header.

import { el, icon } from "./dom.js";

/** Returns a button that is only a drawing, named for those who do not see it. */
export function iconButton(name, label, properties = {}) {
  return el("button", { type: "button", class: name, "aria-label": label, title: label, ...properties }, icon(name));
}

/** Returns the dialog: a header with `buttons`, then `parts`; Esc and the like call `onBack`. */
export function panel(title, subtitle, buttons, parts, onBack) {
  const onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onBack();
  };
  return el(
    "dialog",
    {
      class: "panel",
      part: "panel",
      "aria-labelledby": "title",
      onkeydown,
      oncancel: (event) => (event.preventDefault(), onBack()),
    },
    el(
      "header",
      {},
      el("span", { class: "mark" }, icon("chat")),
      el("div", { class: "titles" }, el("h2", { id: "title" }, title), el("p", {}, subtitle)),
      ...buttons,
    ),
    ...parts,
  );
}
