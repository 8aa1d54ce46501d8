// <iec-chat>: the chat as one element that any page can hold. See docs/embedding.md.

import { Api, Refused } from "./api.js";
import { el, icon } from "./dom.js";
import { LANGUAGES, chooseLanguage, loadStrings } from "./language.js";
import { Memory, Outbox, newId } from "./memory.js";
import * as parts from "./parts.js";
import { colours, sheet } from "./styles.js";

const HERE = new URL("..", import.meta.url).href.replace(/\/$/, "");
const SMALL = matchMedia("(max-width: 520px), (max-height: 520px)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const BETWEEN_BUBBLES_MS = 220;
const LONGEST_RETRY_MS = 8_000;
const FAILURES_IN_A_ROW = 2;
const SUMMARY_CHANGES = ["Change my name", "Change my e-mail"];
const STARTERS = [
  ["start_check", "Check if I qualify"],
  ["start_cost", "How much does it cost?"],
  ["start_person", "I want to talk to a person"],
];

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class IecChat extends HTMLElement {
  static observedAttributes = ["heading", "accent", "accent-text", "position", "privacy-url"];

  #items = [];
  #isRestored = false;
  #isSending = false;
  #isBehind = false;
  #failures = 0;
  #retry = 0;
  #sayBack = null;

  async connectedCallback() {
    this.#sayBack = new AbortController();
    const { signal } = this.#sayBack;
    const server = (this.getAttribute("server") ?? HERE).replace(/\/$/, "");
    this.memory = new Memory(`iec-chat ${server}`);
    this.outbox = new Outbox(this.memory);
    this.api = new Api(server, this.memory);
    this.channel = new BroadcastChannel(this.memory.name);
    this.channel.addEventListener("message", () => this.#refresh(), { signal });
    addEventListener("online", () => this.#flush(), { signal });
    addEventListener("offline", () => this.#showConnection(), { signal });
    SMALL.addEventListener("change", () => this.isOpen && this.#showPanel(), { signal });
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.language = chooseLanguage(this.memory.get("language"), this.getAttribute("language"));
    await this.#speak(this.language);
    if (this.#isInline || (this.hasAttribute("open") && !SMALL.matches)) await this.show({ focus: false });
    this.dispatchEvent(new CustomEvent("ready"));
  }

  disconnectedCallback() {
    this.#sayBack?.abort();
    this.channel?.close();
    clearTimeout(this.#retry);
  }

  attributeChangedCallback() {
    if (this.words) this.#render();
  }

  get isOpen() {
    return this.panel?.open ?? false;
  }

  get #isInline() {
    return this.getAttribute("position") === "inline";
  }

  /** Opens the chat and brings the conversation back from the server. */
  async show({ focus = true } = {}) {
    this.#showPanel();
    if (focus) this.#focus();
    if (!this.#isRestored) await this.#restore();
  }

  /** Closes the chat; the conversation stays. */
  hide() {
    if (this.#isInline) return;
    this.panel.close();
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  #showPanel() {
    const { activeElement } = this.shadowRoot;
    this.panel.close();
    this.launcher.hidden = true;
    if (SMALL.matches && !this.#isInline) this.panel.showModal();
    else this.panel.setAttribute("open", "");
    activeElement?.focus();
  }

  /** Puts the focus where typing begins; on small screens not in the field, whose keyboard hides the chat. */
  #focus() {
    (SMALL.matches ? this.log : this.field).focus();
  }

  async #speak(language) {
    const strings = await loadStrings(language);
    this.language = language;
    this.words = strings.widget;
    this.errors = strings.errors;
    this.#render();
  }

  // ---- the frame

  #render() {
    const { words } = this;
    const wasOpen = this.isOpen;
    const text = this.field?.value ?? "";
    const title = this.getAttribute("heading") ?? words.title;
    const button = (name, label, onclick, properties = {}) =>
      el("button", { type: "button", class: name, "aria-label": label, title: label, onclick, ...properties }, icon(name));

    this.launcher = el(
      "button",
      { type: "button", class: "launcher", part: "launcher", "aria-haspopup": "dialog", onclick: () => this.show() },
      icon("chat"),
      el("span", {}, words.open),
    );
    this.menu = this.#menu();
    this.menuButton = button("menu", words.menu, () => this.#toggleMenu(), { "aria-expanded": "false" });
    this.log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": words.conversation, tabindex: "0" });
    this.field = el("textarea", {
      id: "field",
      rows: "1",
      maxlength: "2000",
      autocomplete: "off",
      dir: "auto",
      placeholder: words.placeholder,
      oninput: () => this.#growField(),
      onkeydown: (event) => this.#sendOnEnter(event),
    });
    this.field.value = text;
    this.status = el("p", { class: "hidden", role: "status" });
    this.connection = el("p", { class: "connection", hidden: true });
    this.confirmation = el("div", { class: "confirmation", role: "group", hidden: true });
    const form = el(
      "form",
      { onsubmit: (event) => this.#submit(event) },
      el("label", { class: "hidden", for: "field" }, words.field),
      this.field,
      el("button", { type: "submit", class: "send", "aria-label": words.send, title: words.send }, icon("send")),
    );
    this.panel = el(
      "dialog",
      { class: "panel", part: "panel", "aria-labelledby": "title", onkeydown: (event) => this.#escape(event) },
      el(
        "header",
        {},
        el("span", { class: "mark" }, icon("chat")),
        el("div", { class: "titles" }, el("h2", { id: "title" }, title), el("p", {}, words.subtitle)),
        this.menuButton,
        this.#isInline ? null : button("close", words.close, () => this.hide()),
      ),
      el("div", { class: "menu-place" }, this.menu),
      this.confirmation,
      words.answers_in_english ? el("p", { class: "notice" }, words.answers_in_english) : null,
      this.log,
      this.connection,
      form,
      this.status,
    );
    this.panel.addEventListener("cancel", (event) => (event.preventDefault(), this.#goBack()));
    const frame = el("section", { class: "frame", "aria-label": title, lang: this.language }, this.launcher, this.panel);
    this.shadowRoot.adoptedStyleSheets = [sheet, colours(this.getAttribute("accent"), this.getAttribute("accent-text"))];
    this.shadowRoot.replaceChildren(frame);
    this.#renderLog();
    if (this.#isInline) this.launcher.hidden = true;
    if (wasOpen) this.#showPanel();
  }

  #menu() {
    const { words } = this;
    const entry = (label, onclick) =>
      el("button", { type: "button", onclick: () => (this.#toggleMenu(false), onclick()) }, label);
    const language = el(
      "select",
      { id: "language", onchange: (event) => this.#changeLanguage(event.target.value) },
      ...Object.entries(LANGUAGES).map(([code, name]) =>
        el("option", { value: code, lang: code, selected: code === this.language }, name),
      ),
    );
    const privacy = this.getAttribute("privacy-url");
    return el(
      "div",
      { class: "options", hidden: true },
      entry(words.start_over, () => this.#askToStartOver()),
      entry(words.download, () => this.#download()),
      entry(words.delete, () => this.say("Delete my data")),
      entry(words.person, () => this.say("I want to talk to a person")),
      privacy ? el("a", { href: privacy, onclick: () => SMALL.matches && this.hide() }, words.privacy) : null,
      el("div", { class: "language" }, el("label", { for: "language" }, words.language), language),
    );
  }

  #toggleMenu(open = this.menu.hidden) {
    this.menu.hidden = !open;
    this.menuButton.setAttribute("aria-expanded", String(open));
    if (open) this.menu.firstElementChild.focus();
    else this.menuButton.focus();
  }

  #escape(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.#goBack();
  }

  /** Closes what was opened last: the menu, a question, or the chat. */
  #goBack() {
    if (!this.menu.hidden) this.#toggleMenu(false);
    else if (!this.confirmation.hidden) this.#closeConfirmation();
    else this.hide();
  }

  async #changeLanguage(language) {
    this.memory.set("language", language);
    await this.#speak(language);
    this.menuButton.focus();
  }

  // ---- the transcript

  #renderLog() {
    const { words } = this;
    this.log.replaceChildren(
      el("p", { class: "footnote" }, words.footnote),
      parts.bubble({ speaker: "assistant", text: words.greeting, local: true }, words, this.language),
      parts.bubble({ speaker: "assistant", text: words.greeting_question, local: true }, words, this.language),
    );
    const last = this.#items.findLastIndex(({ speaker }) => speaker === "visitor");
    this.#items.forEach((item, index) => this.#append(item, index > last));
    this.#endReply(this.#items.slice(last + 1));
    for (const message of this.#isRestored ? this.outbox.messages : []) this.#appendWaiting(message);
    if (this.#isRestored && this.log.querySelector(".bubble.visitor") === null) this.#offerStarters();
    this.#scrollTo(this.log.lastElementChild);
  }

  /** Shows one item; `isLatest` says that it belongs to the reply that is open now. */
  #append(item, isLatest = true) {
    const { words } = this;
    const { decision, progress, reference, source, summary } = item;
    const nodes = [];
    if (progress) nodes.push(parts.progress(progress, words));
    if (decision) nodes.push(parts.decision(decision, words));
    else if (summary) nodes.push(parts.summary(summary, words, isLatest ? (text) => this.say(text) : null));
    else if (source) nodes.push(parts.source(source, words, this.language));
    else if (item.text) nodes.push(parts.bubble(item, words, this.language));
    if (reference) nodes.push(parts.reference(reference, words, (text) => this.#announce(text)));
    this.log.append(...nodes);
    const following = this.#items[this.#items.indexOf(item) + 1];
    if (item.speaker === "assistant" && following?.speaker === "visitor") this.#appendThumbs(item);
    return nodes[0];
  }

  /** Ends a reply: thumbs if it was an answer, then its quick replies. */
  #endReply(reply) {
    if (reply.length) this.#appendThumbs(reply[reply.length - 1]);
    const hasSummary = reply.some(({ summary }) => summary);
    this.#offer(
      reply
        .flatMap(({ buttons }) => buttons ?? [])
        .filter(({ payload }) => !(hasSummary && SUMMARY_CHANGES.includes(payload))),
    );
  }

  #appendThumbs({ reply_to: id }) {
    const reply = this.#items.filter((item) => id && item.reply_to === id);
    if (!reply.some(({ source, decision }) => source || decision)) return;
    this.log.append(
      parts.thumbs(reply[0].feedback, this.words, async (verdict) => {
        await this.api.rate(id, verdict);
        for (const item of reply) item.feedback = verdict;
        if (verdict) this.#announce(this.words.thanks);
      }),
    );
  }

  #offer(buttons, lang = "en") {
    this.log.querySelectorAll(".replies").forEach((old) => old.remove());
    if (!buttons.length) return;
    this.log.append(
      el(
        "div",
        { class: "replies", role: "group", "aria-label": this.words.replies },
        ...buttons.map(({ title, payload }) => {
          const shown = payload.startsWith("/") ? title : payload;
          const choose = () => this.say(payload, { shown, isPayload: true });
          return el("button", { type: "button", lang, onclick: choose }, title);
        }),
      ),
    );
  }

  #offerStarters() {
    const starters = STARTERS.map(([key, payload]) => ({ title: this.words[key], payload }));
    this.#offer(starters, this.language);
  }

  #appendWaiting(message) {
    const item = { speaker: "visitor", text: message.shown };
    const shown = parts.bubble(item, this.words, this.language);
    shown.dataset.waits = message.message_id;
    this.log.append(shown, el("p", { class: "waits", hidden: true }, this.words.waiting));
    return shown;
  }

  #showTyping(on) {
    this.log.querySelector(".typing")?.remove();
    if (on) {
      const dots = el("p", { class: "bubble assistant typing", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
      this.log.append(dots);
      this.#scrollTo(dots);
    }
  }

  #problem(text, label, onclick) {
    this.log.querySelector(".problem")?.remove();
    const button = label
      ? el("button", { type: "button", onclick: () => (problem.remove(), onclick()) }, label)
      : null;
    const problem = el("div", { class: "problem" }, el("p", {}, text), button);
    this.log.append(problem);
    this.#scrollTo(problem);
    this.#announce(text);
  }

  /** Brings `node` into view: its end, or its beginning when it is taller than the view. */
  #scrollTo(node) {
    if (!node) return;
    const top = node.offsetTop - this.log.offsetTop - 12;
    this.log.scrollTop = Math.max(0, Math.min(top, this.log.scrollHeight - this.log.clientHeight));
  }

  #announce(text) {
    this.status.textContent = "";
    setTimeout(() => (this.status.textContent = text), 50);
  }

  // ---- talking

  #growField() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }

  #sendOnEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.#growField();
    this.say(text);
  }

  /** Sends `words` once, now or as soon as the server can be reached. */
  say(words, { shown = words, isPayload = false } = {}) {
    const message = { message_id: newId(), [isPayload ? "payload" : "text"]: words, shown };
    this.outbox.add(message);
    this.#failures = 0;
    this.#offer([]);
    this.log.querySelectorAll(".change, .problem").forEach((old) => old.remove());
    this.#scrollTo(this.#appendWaiting(message));
    if (this.shadowRoot.activeElement !== this.field) this.#focus();
    this.#flush();
  }

  async #flush() {
    clearTimeout(this.#retry);
    if (this.#isSending || !this.isConnected) return;
    this.#isSending = true;
    try {
      const send = () => this.#sendAll();
      if (navigator.locks) await navigator.locks.request(this.memory.name, send);
      else await send();
    } finally {
      this.#isSending = false;
    }
    if (this.#isBehind) await this.#refresh();
  }

  async #sendAll() {
    for (let [message] = this.outbox.messages; message; [message] = this.outbox.messages) {
      if (!navigator.onLine) return this.#showConnection();
      try {
        await this.#deliver(message);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (this.#mustWait(error, message)) return undefined;
      } finally {
        this.#showTyping(false);
      }
    }
    return undefined;
  }

  async #deliver(message) {
    this.#showTyping(true);
    const id = message.message_id;
    const reply = [];
    let first = null;
    await this.api.send(message, async (part) => {
      if (!reply.length) this.#isDelivered(message);
      else if (!CALM.matches && !document.hidden) await pause(BETWEEN_BUBBLES_MS);
      const item = { speaker: "assistant", time: new Date().toISOString(), reply_to: id, ...part };
      this.#showTyping(false);
      this.#items.push(item);
      reply.push(item);
      const node = this.#append(item);
      first ??= node;
      this.#showTyping(true);
      this.#scrollTo(first);
    });
    this.outbox.remove(id);
    this.#failures = 0;
    this.#showTyping(false);
    this.#endReply(reply);
    this.#scrollTo(first);
    this.#announce(reply.map(({ text }) => text).join("\n"));
    this.channel.postMessage("changed");
  }

  #isDelivered(message) {
    const wasWaiting = !this.connection.hidden;
    this.connection.hidden = true;
    if (wasWaiting) this.#announce(this.words.back);
    const { message_id, shown: text } = message;
    const find = () => this.log.querySelector(`[data-waits="${message_id}"]`);
    if (!find()) this.#appendWaiting(message);
    find().nextElementSibling.remove();
    find().removeAttribute("data-waits");
    this.#items.push({ speaker: "visitor", text, message_id, time: new Date().toISOString() });
  }

  /** Says what went wrong with `message`; true when the messages behind it must wait as well. */
  #mustWait(error, message) {
    const text = this.errors[error.code] ?? this.errors.failed;
    this.#failures += 1;
    if (error.endsConversation) {
      this.outbox.messages = [];
      this.#problem(text, this.words.start_anew, () => this.#startOver(message.text));
      return true;
    }
    if (error.passes || (error.code === "failed" && this.#failures <= FAILURES_IN_A_ROW)) {
      const wait = error.seconds * 1000 || Math.min(1000 * 2 ** (this.#failures - 1), LONGEST_RETRY_MS);
      this.#retry = setTimeout(() => this.#flush(), wait);
      if (error.passes) this.#showConnection(error.code === "unreachable" ? this.words.unreachable : text);
      return true;
    }
    if (error.code === "failed") {
      this.#problem(text, this.words.try_again, () => this.#flush());
      return true;
    }
    this.outbox.remove(message.message_id);
    this.#problem(text);
    return false;
  }

  #showConnection(text = this.words.offline) {
    if (!this.outbox.messages.length) return;
    this.log.querySelectorAll(".waits").forEach((label) => (label.hidden = false));
    if (!this.connection.hidden && this.connection.textContent === text) return;
    this.connection.textContent = text;
    this.connection.hidden = false;
    this.#scrollTo(this.log.lastElementChild);
    this.#announce(text);
  }

  // ---- coming back

  async #restore() {
    this.log.setAttribute("aria-busy", "true");
    try {
      this.#items = this.api.token ? await this.api.history() : [];
      this.log.removeAttribute("aria-busy");
    } catch (error) {
      this.log.removeAttribute("aria-busy");
      if (!(error instanceof Refused)) throw error;
      if (error.endsConversation) {
        this.outbox.messages = [];
        this.#problem(this.errors[error.code], this.words.start_anew, () => this.#startOver());
      } else {
        this.#problem(
          error.code === "unreachable" ? this.words.unreachable : (this.errors[error.code] ?? this.errors.failed),
          this.words.try_again,
          () => this.#restore(),
        );
      }
      return;
    }
    const arrived = new Set(this.#items.map(({ message_id }) => message_id));
    const answered = new Set(this.#items.map(({ reply_to }) => reply_to));
    for (const { message_id } of this.outbox.messages)
      if (arrived.has(message_id) && answered.has(message_id)) this.outbox.remove(message_id);
    this.#isRestored = true;
    this.connection.hidden = true;
    this.#renderLog();
    this.#flush();
  }

  /** Another tab changed the conversation: show it as the server has it. */
  async #refresh() {
    this.#isBehind = this.#isSending;
    if (this.#isSending) return;
    if (this.isOpen) await this.#restore();
    else this.#isRestored = false;
  }

  #askToStartOver() {
    const { words } = this;
    const yes = el(
      "button",
      { type: "button", class: "strong", onclick: () => (this.#closeConfirmation(), this.#startOver()) },
      words.yes_start_over,
    );
    const no = el("button", { type: "button", onclick: () => this.#closeConfirmation() }, words.cancel);
    this.confirmation.replaceChildren(el("p", { id: "question" }, words.start_over_question), yes, no);
    this.confirmation.setAttribute("aria-labelledby", "question");
    this.confirmation.hidden = false;
    no.focus();
  }

  #closeConfirmation() {
    this.confirmation.hidden = true;
    this.menuButton.focus();
  }

  #startOver(text = "") {
    this.api.leave();
    this.outbox.messages = [];
    this.connection.hidden = true;
    clearTimeout(this.#retry);
    this.#items = [];
    this.#isRestored = true;
    this.#renderLog();
    this.channel.postMessage("changed");
    this.field.value = text;
    this.#focus();
  }

  #download() {
    const { words } = this;
    const said = this.#items
      .filter(({ text }) => text)
      .map(({ speaker, time, text }) => `${time.slice(0, 16).replace("T", " ")} ${speaker === "visitor" ? words.you : words.assistant}: ${text}`);
    const file = new Blob([`${words.title}\n${words.footnote}\n\n${said.join("\n\n")}\n`], { type: "text/plain" });
    const link = el("a", { href: URL.createObjectURL(file), download: "iec-conversation.txt" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

customElements.define("iec-chat", IecChat);
