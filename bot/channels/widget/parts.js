// The parts of a reply: bubbles, sources, cards. Each takes what the server sent and the strings.

import { el, icon, linked, outside } from "./dom.js";
import { dayIn, fill } from "./language.js";

/** What was said, by whom. The assistant's words are English whatever the interface speaks. */
export function bubble(item, words, language) {
  const mine = item.speaker === "visitor";
  const foreign = item.speaker === "assistant" && !item.local && language !== "en";
  const speaker = el("span", { class: "hidden", dir: "ltr" }, `${mine ? words.you : words.assistant}: `);
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

/** A decision: the outcome, then each criterion with how it stands and why. */
export function decision(card, words) {
  const open = card.findings.filter(({ status }) => status !== "met");
  const met = card.findings.filter(({ status }) => status === "met");
  return el(
    "section",
    { class: `card ${card.outcome}` },
    el(
      "header",
      {},
      el("h3", {}, card.program, " ", el("small", {}, fill(words.season, card))),
      el("p", { class: "outcome" }, icon(OUTCOME_ICONS[card.outcome]), words[`outcome_${card.outcome}`]),
    ),
    open.length ? findings(open, words) : null,
    met.length ? metFindings(met, words) : null,
    card.max_stay_months
      ? el("p", { class: "stay" }, fill(words.max_stay, { months: card.max_stay_months }))
      : null,
    el(
      "p",
      { class: "source" },
      `${words.source} `,
      ...card.sources.flatMap(({ title, url }, index) => [index ? " · " : "", outside(url, title, words)]),
    ),
  );
}

const OUTCOME_ICONS = { qualified: "met", not_qualified: "unmet", needs_review: "unknown" };

/** What seems met in one line; the reasons unfold. */
function metFindings(list, words) {
  return el(
    "div",
    { class: "met-list" },
    el("strong", {}, fill(words.met_count, { count: list.length })),
    el("p", { lang: "en" }, list.map(({ label }) => label).join(" · ")),
    el("details", {}, el("summary", {}, words.show_reasons), findings(list, words)),
  );
}

function findings(list, words) {
  const row = ({ label, status, reason }) =>
    el(
      "li",
      { class: status },
      icon(status),
      el(
        "div",
        {},
        el("strong", { lang: "en" }, label),
        " ",
        el("span", { class: status === "met" ? "hidden" : "status" }, words[`status_${status}`]),
        el("p", { lang: "en" }, reason),
      ),
    );
  return el("ul", { class: "findings" }, ...list.map(row));
}

/** The application to check; `onChange` is called with what to say to change a line. */
export function summary(card, words, onChange) {
  const button = ({ label, say }) =>
    el("button", { class: "change", type: "button", "aria-label": label, onclick: () => onChange(say) }, words.change);
  const line = (label, value, change) =>
    el(
      "div",
      {},
      el("dt", {}, label),
      el("dd", {}, el("div", { dir: "auto" }, value), change && onChange ? button(change) : null),
    );
  return el(
    "section",
    { class: "card summary" },
    el("h3", {}, words.summary),
    el(
      "dl",
      {},
      line(words.summary_list, `${card.program} ${card.season}`),
      line(words.summary_name, card.name, { say: "Change my name", label: words.change_name }),
      line(words.summary_email, card.email, { say: "Change my e-mail", label: words.change_email }),
      line(words.summary_facts, el("ul", {}, ...card.facts.map((fact) => el("li", { lang: "en" }, fact)))),
    ),
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
