// The small parts of a reply. Each takes what the server sent and the strings.

import { el, icon, linked, outside } from "./dom.js";
import { dayIn, fill } from "./language.js";

/** What was said, by whom. The assistant's words are English whatever the interface speaks. */
export function bubble(item, words, language) {
  const mine = item.speaker === "visitor";
  const foreign = item.speaker === "assistant" && !item.local && language !== "en";
  const names = { visitor: words.you, assistant: words.assistant, staff: words.staff };
  const isNamed = item.speaker === "staff";
  const speaker = el("span", { class: isNamed ? "name" : "hidden", dir: "ltr" }, `${names[item.speaker]}: `);
  return el(
    "p",
    { class: `bubble ${item.speaker}`, dir: "auto", lang: foreign ? "en" : null },
    speaker,
    ...(mine ? [item.text] : linked(item.text.replace(/CAD (?=\d)/g, "CAD\u00a0"), words)),
  );
}

export function source({ source: title, url, season, read }, words, language) {
  return el(
    "p",
    { class: "source" },
    `${words.source} `,
    outside(url, title, words),
    ` · ${fill(words.source_dated, { season, read: dayIn(language, read) })}`,
  );
}

export function progress({ question, of }, words) {
  const text = question >= of ? words.last_questions : words.progress;
  return el(
    "div",
    { class: "progress" },
    el("span", {}, fill(text, { question, of })),
    el("progress", { max: of, value: question, "aria-hidden": "true" }),
  );
}

/** The reference code, easy to read and to copy; `announce` tells how that went. */
export function reference(code, words, announce) {
  const shown = el("code", {}, code);
  const button = el("button", { type: "button", class: "copy", onclick: copy }, words.copy);
  async function copy() {
    try {
      await navigator.clipboard.writeText(code);
      button.textContent = words.copied;
      announce(words.copied);
    } catch {
      getSelection().selectAllChildren(shown);
      announce(words.copy_failed);
    }
  }
  return el("div", { class: "reference" }, el("span", {}, words.reference), shown, button);
}

/** Thumbs under an answer; `onVerdict` stores what was chosen and may fail. */
export function thumbs(verdict, words, onVerdict) {
  let current = verdict;
  const button = (name) =>
    el(
      "button",
      { type: "button", class: "thumb", "aria-label": words[`thumb_${name}`], onclick: () => choose(name) },
      icon(name),
    );
  const buttons = { up: button("up"), down: button("down") };
  const press = () => {
    for (const name in buttons) buttons[name].setAttribute("aria-pressed", String(current === name));
  };
  async function choose(name) {
    const before = current;
    current = current === name ? null : name;
    press();
    try {
      await onVerdict(current);
    } catch {
      current = before;
      press();
    }
  }
  press();
  return el(
    "div",
    { class: "thumbs", role: "group", "aria-label": words.helpful },
    el("span", { "aria-hidden": "true" }, words.helpful),
    buttons.up,
    buttons.down,
  );
}
