// The log: what was said, in order, and what can be done about the latest of it.

import * as cards from "./cards.js";
import { el } from "./dom.js";
import * as parts from "./parts.js";

const STARTERS = [
  ["start_check", "Check if I qualify"],
  ["start_cost", "How much does it cost?"],
  ["start_person", "I want to talk to a person"],
];
const GAP_PX = 12;
const BETWEEN_BUBBLES_MS = 220;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Transcript {
  #conversation;
  #words;
  #language;
  #acts;
  #firstOfReply = null;

  /** `acts`: `say(words, options)`, `rate(id, verdict)` and `announce(text)`. */
  constructor(conversation, words, language, acts) {
    this.#conversation = conversation;
    this.#words = words;
    this.#language = language;
    this.#acts = acts;
    const log = { class: "log", role: "log", "aria-live": "off", "aria-label": words.conversation };
    this.element = el("div", { ...log, tabindex: "0" });
  }

  /** Whether the conversation is on its way back from the server. */
  set isBusy(isBusy) {
    if (isBusy) this.element.setAttribute("aria-busy", "true");
    else this.element.removeAttribute("aria-busy");
  }

  /** Shows the conversation from its beginning. */
  render() {
    const { items, latest, isRestored, outbox } = this.#conversation;
    const words = this.#words;
    const greet = (text) => parts.bubble({ speaker: "assistant", text, local: true }, words, this.#language);
    this.element.replaceChildren(
      el("p", { class: "footnote" }, words.footnote),
      greet(words.greeting),
      greet(words.greeting_question),
    );
    for (const item of items) this.#append(item, latest.includes(item));
    this.#close(latest);
    for (const message of isRestored ? outbox.messages : []) this.#appendWaiting(message);
    if (isRestored && !this.element.querySelector(".bubble.visitor")) this.#offerStarters();
    this.#scrollTo(this.element.lastElementChild);
  }

  /** Shows a part of the reply to `message`; with the first one it is clear that it was received. */
  async receive(part, message, isFirst) {
    const { message_id } = message;
    if (isFirst) this.#settle(message);
    else if (!CALM.matches && !document.hidden) await pause(BETWEEN_BUBBLES_MS);
    const item = this.#conversation.add({ speaker: "assistant", reply_to: message_id, ...part });
    this.showTyping(false);
    const node = this.#append(item);
    if (isFirst) this.#firstOfReply = node;
    this.showTyping(true);
    this.#scrollTo(this.#firstOfReply);
  }

  /** Ends the reply to a message and returns its words; none while a person has the conversation. */
  endReply(message, isEmpty) {
    const { message_id } = message;
    if (isEmpty) this.#settle(message);
    const reply = this.#conversation.replyTo(message_id);
    this.showTyping(false);
    this.#close(reply);
    this.#scrollTo(isEmpty ? this.element.lastElementChild : this.#firstOfReply);
    return reply.map(({ text }) => text).join("\n");
  }

  /** Shows items that arrived unasked, before quick replies and messages that still wait. */
  insert(items) {
    const below = this.element.querySelector(".replies, [data-waits], .typing, .problem");
    const nodes = items.flatMap((item) => this.#nodes(item, true));
    if (below) below.before(...nodes);
    else this.element.append(...nodes);
    this.#scrollTo(nodes[0]);
  }

  /** Shows a message that is on its way; what could be chosen before is gone. */
  showWaiting(message) {
    this.#offer([]);
    this.element.querySelectorAll(".change, .problem").forEach((old) => old.remove());
    this.#scrollTo(this.#appendWaiting(message));
  }

  /** Labels the messages that are on their way as waiting. */
  labelWaiting() {
    this.element.querySelectorAll(".waits").forEach((label) => (label.hidden = false));
    this.#scrollTo(this.element.lastElementChild);
  }

  showTyping(on) {
    this.element.querySelector(".typing")?.remove();
    if (!on) return;
    const dots = [el("i"), el("i"), el("i")];
    this.element.append(el("p", { class: "bubble assistant typing", "aria-hidden": "true" }, ...dots));
    this.#scrollTo(this.element.lastElementChild);
  }

  /** Shows what went wrong, with a button against it. */
  showProblem(text, label, onclick) {
    this.element.querySelector(".problem")?.remove();
    const act = () => (problem.remove(), onclick());
    const button = label ? el("button", { type: "button", onclick: act }, label) : null;
    const problem = el("div", { class: "problem" }, el("p", {}, text), button);
    this.element.append(problem);
    this.#scrollTo(problem);
    this.#acts.announce(text);
  }

  #append(item, isLatest = true) {
    const nodes = this.#nodes(item, isLatest);
    this.element.append(...nodes);
    const { items } = this.#conversation;
    const following = items[items.indexOf(item) + 1];
    if (item.speaker !== "visitor" && following?.speaker === "visitor") this.#appendThumbs(item);
    return nodes[0];
  }

  /** Puts under a reply thumbs if it was an answer, then its quick replies. */
  #close(reply) {
    if (reply.length) this.#appendThumbs(reply.at(-1));
    this.#offer(reply.flatMap(({ buttons }) => buttons ?? []));
  }

  #nodes(item, isLatest) {
    const words = this.#words;
    const { decision, progress, reference, source, summary } = item;
    const nodes = [];
    if (progress) nodes.push(parts.progress(progress, words));
    if (decision) nodes.push(cards.decision(decision, words));
    else if (summary) nodes.push(cards.summary(summary, words, isLatest ? this.#acts.say : null));
    else if (source) nodes.push(parts.source(source, words, this.#language));
    else if (item.text) nodes.push(parts.bubble(item, words, this.#language));
    if (reference) nodes.push(parts.reference(reference, words, this.#acts.announce));
    return nodes;
  }

  #appendThumbs({ reply_to: id }) {
    const reply = this.#conversation.replyTo(id);
    if (!reply.some(({ source, decision }) => source || decision)) return;
    const rate = async (verdict) => {
      await this.#acts.rate(id, verdict);
      for (const item of reply) item.feedback = verdict;
    };
    this.element.append(parts.thumbs(reply[0].feedback, this.#words, rate));
  }

  #offer(buttons, lang = "en") {
    this.element.querySelectorAll(".replies").forEach((old) => old.remove());
    if (!buttons.length) return;
    const button = ({ title, payload }) => {
      const shown = payload.startsWith("/") ? title : payload;
      const onclick = () => this.#acts.say(payload, { shown, isPayload: true });
      return el("button", { type: "button", lang, onclick }, title);
    };
    const group = { class: "replies", role: "group", "aria-label": this.#words.replies };
    this.element.append(el("div", group, ...buttons.map(button)));
  }

  #offerStarters() {
    const starters = STARTERS.map(([key, payload]) => ({ title: this.#words[key], payload }));
    this.#offer(starters, this.#language);
  }

  /** Shows a message as received. */
  #settle(message) {
    const find = () => this.element.querySelector(`[data-waits="${message.message_id}"]`);
    if (!find()) this.#appendWaiting(message);
    find().nextElementSibling.remove();
    find().removeAttribute("data-waits");
    const { message_id, shown: text } = message;
    this.#conversation.add({ speaker: "visitor", text, message_id });
  }

  #appendWaiting(message) {
    const item = { speaker: "visitor", text: message.shown };
    const shown = parts.bubble(item, this.#words, this.#language);
    shown.dataset.waits = message.message_id;
    this.element.append(shown, el("p", { class: "waits", hidden: true }, this.#words.waiting));
    return shown;
  }

  /** Brings `node` into view: its end, or its beginning when it is taller than the view. */
  #scrollTo(node) {
    if (!node) return;
    const top = node.offsetTop - this.element.offsetTop - GAP_PX;
    const bottom = this.element.scrollHeight - this.element.clientHeight;
    this.element.scrollTop = Math.max(0, Math.min(top, bottom));
  }
}
