// Elements and text, always built from nodes: nothing is ever read as HTML.

/** Returns an element with properties (`class`, `on…` listeners, attributes) and children. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key === "class" ? "class" : key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  chat: "M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M5 7h14M5 12h14M5 17h14",
  send: "M4 12l16-7-6 16-3-7z",
  up: "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.5 1 2.2 2.6L12.5 10H19a1.5 1.5 0 0 1 1.5 1.8l-1.3 6.7A2 2 0 0 1 17.2 20H7",
  down: "M7 13V4H4v9zM7 13l4 7c1.5 0 2.5-1 2.2-2.6L12.5 14H19a1.5 1.5 0 0 0 1.5-1.8L19.2 5.5A2 2 0 0 0 17.2 4H7",
  met: "M5 12.5l4.5 4.5L19 7.5",
  unmet: "M7 7l10 10M17 7L7 17",
  unknown: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.01",
};

/** Returns a drawing without words; the control around it has the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const LINK = /(https:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'’]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/;

/** Returns `text` as nodes in which web and e-mail addresses are links. */
export function linked(text, words) {
  return text.split(LINK).map((part, index) => {
    if (index % 2 === 0) return unbroken(part);
    if (!part.startsWith("https://")) return el("a", { href: `mailto:${part}` }, part);
    return outside(part, part.replace(/^https:\/\/(www\.)?/, "").replace(/\/$/, ""), words);
  });
}

const WHOLE = /(IEC-[0-9A-Z]{4}-[0-9A-Z]{4}|\bCo-op\b)/;

/** Returns `text` as nodes in which codes and names stay on one line. */
function unbroken(text) {
  const whole = (part, index) => (index % 2 ? el("span", { class: "whole" }, part) : part);
  const fragment = document.createDocumentFragment();
  fragment.append(...text.split(WHOLE).map(whole));
  return fragment;
}

/** Returns a link to another site, which opens beside the chat and says so. */
export function outside(url, title, words) {
  if (!/^https?:\/\//.test(url)) return document.createTextNode(title);
  const properties = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return el("a", properties, title, el("span", { class: "hidden" }, ` (${words.new_tab})`));
}
