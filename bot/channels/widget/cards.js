// The parts of a reply that are laid out as cards: a decision, and the application to check.

import { el, icon, outside } from "./dom.js";
import { fill } from "./language.js";

const OUTCOME_ICONS = { qualified: "met", not_qualified: "unmet", needs_review: "unknown" };

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
  const button = (value, say) => {
    const properties = { class: "change", type: "button", "aria-label": `${words.change}: ${value}` };
    return el("button", { ...properties, onclick: () => onChange(say) }, words.change);
  };
  const line = (value, say, lang) => [
    el("span", { dir: "auto", lang }, value),
    onChange && say ? button(value, say) : null,
  ];
  const entry = (label, value, say) => el("div", {}, el("dt", {}, label), el("dd", {}, ...line(value, say)));
  return el(
    "section",
    { class: "card summary" },
    el("h3", {}, words.summary),
    el(
      "dl",
      {},
      entry(words.summary_list, `${card.program} ${card.season}`, card.change.program),
      entry(words.summary_name, card.name, card.change.name),
      entry(words.summary_email, card.email, card.change.email),
    ),
    el("h4", {}, words.summary_facts),
    el("ul", {}, ...card.facts.map(({ text, change }) => el("li", {}, ...line(text, change, "en")))),
  );
}
