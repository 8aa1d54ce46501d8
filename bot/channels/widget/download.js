// The conversation as a text file for the visitor to keep.

import { el } from "./dom.js";

const KEPT_MS = 10_000;

export function download(items, words) {
  const speakers = { visitor: words.you, assistant: words.assistant, staff: words.staff };
  const said = items
    .filter(({ text }) => text)
    .map(({ speaker, time, text }) => `${time.slice(0, 16).replace("T", " ")} ${speakers[speaker]}: ${text}`);
  const file = new Blob([`${words.title}\n${words.footnote}\n\n${said.join("\n\n")}\n`], { type: "text/plain" });
  const link = el("a", { href: URL.createObjectURL(file), download: "iec-conversation.txt" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
