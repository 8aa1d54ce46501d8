// <iec-chat>: the chat as one element that any page can hold. See docs/embedding.md.

import { Api, Refused } from "./api.js";
import { Arrivals } from "./arrivals.js";
import { Composer } from "./composer.js";
import { Confirmation } from "./confirmation.js";
import { ConnectionLine } from "./connection.js";
import { Conversation } from "./conversation.js";
import { Delivery } from "./delivery.js";
import { el } from "./dom.js";
import { download } from "./download.js";
import * as frame from "./frame.js";
import { chooseLanguage, loadStrings } from "./language.js";
import { Launcher } from "./launcher.js";
import { Memory, Outbox, newId } from "./memory.js";
import { Menu } from "./menu.js";
import { colours, sheet } from "./styles.js";
import { Transcript } from "./transcript.js";

const HERE = new URL("..", import.meta.url).href.replace(/\/$/, "");
const SMALL = matchMedia("(max-width: 520px), (max-height: 520px)");
const BEFORE_ANNOUNCING_MS = 50;

class IecChat extends HTMLElement {
  static observedAttributes = ["heading", "accent", "accent-text", "position", "privacy-url"];

  #isBehind = false;
  #leave = null;

  async connectedCallback() {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    this.#connect((this.getAttribute("server") ?? HERE).replace(/\/$/, ""));
    this.channel.addEventListener("message", () => this.#refresh(), { signal });
    addEventListener("online", () => this.delivery.flush(), { signal });
    addEventListener("offline", () => this.outbox.messages.length && this.#wait("offline"), { signal });
    document.addEventListener("visibilitychange", () => this.#lookAgain(), { signal });
    SMALL.addEventListener("change", () => this.isOpen && this.#showPanel(), { signal });
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.language = chooseLanguage(this.memory.get("language"), this.getAttribute("language"));
    await this.#speak(this.language);
    if (this.#isInline || (this.hasAttribute("open") && !SMALL.matches)) await this.show({ focus: false });
    else if (this.conversation.withPerson) await this.#restore();
    this.dispatchEvent(new CustomEvent("ready"));
  }

  disconnectedCallback() {
    this.#leave?.abort();
    this.channel?.close();
    this.delivery?.stop();
    this.arrivals?.stop();
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
    if (!this.conversation.isRestored) await this.#restore();
  }

  /** Closes the chat; the conversation stays. */
  hide() {
    if (this.#isInline) return;
    this.panel.close();
    this.launcher.show();
  }

  /** Sends `words` once, now or as soon as the server can be reached. */
  say(words, { shown = words, isPayload = false } = {}) {
    const message = { message_id: newId(), [isPayload ? "payload" : "text"]: words, shown };
    this.transcript.showWaiting(message);
    if (this.shadowRoot.activeElement !== this.composer.field) this.#focus();
    this.delivery.send(message);
  }

  // ---- the frame

  #connect(server) {
    this.memory = new Memory(`iec-chat ${server}`);
    this.outbox = new Outbox(this.memory);
    this.api = new Api(server, this.memory);
    this.channel = new BroadcastChannel(this.memory.name);
    this.conversation = new Conversation(this.api, this.outbox, this.memory);
    this.delivery = new Delivery(this.api, this.outbox, this.#listener());
    const isBusy = () => this.delivery.isBusy;
    this.arrivals = new Arrivals(this.conversation, isBusy, (items) => this.#showArrived(items));
  }

  async #speak(language) {
    const strings = await loadStrings(language);
    this.language = language;
    this.words = strings.widget;
    this.errors = strings.errors;
    this.#render();
  }

  #render() {
    const { words, language } = this;
    const wasOpen = this.isOpen;
    const text = this.composer?.field.value ?? "";
    const title = this.getAttribute("heading") ?? words.title;
    const menuButton = frame.iconButton("menu", words.menu, { "aria-expanded": "false" });
    const closeButton = frame.iconButton("close", words.close, { onclick: () => this.hide() });
    this.menu = this.#menu(menuButton);
    this.confirmation = new Confirmation(() => menuButton.focus());
    this.composer = new Composer(words, (written) => this.say(written));
    this.composer.field.value = text;
    this.transcript = new Transcript(this.conversation, words, language, {
      say: (said, options) => this.say(said, options),
      rate: (id, verdict) => this.#rate(id, verdict),
      announce: (told) => this.#announce(told),
    });
    this.connection = new ConnectionLine((told) => this.#announce(told));
    this.status = el("p", { class: "hidden", role: "status" });
    this.launcher = new Launcher(words, () => this.show());
    this.panel = frame.panel(
      title,
      words.subtitle,
      this.#isInline ? [menuButton] : [menuButton, closeButton],
      [
        el("div", { class: "menu-place" }, this.menu.element),
        this.confirmation.element,
        words.answers_in_english ? el("p", { class: "notice" }, words.answers_in_english) : null,
        this.transcript.element,
        this.connection.element,
        this.composer.element,
        this.status,
      ],
      () => this.#goBack(),
    );
    const section = { class: "frame", "aria-label": title, lang: language, dir: "ltr" };
    this.shadowRoot.adoptedStyleSheets = [sheet, colours(this.getAttribute("accent"), this.getAttribute("accent-text"))];
    this.shadowRoot.replaceChildren(el("section", section, this.launcher.element, this.panel));
    this.transcript.render();
    if (this.#isInline) this.launcher.hide();
    if (wasOpen) this.#showPanel();
  }

  #menu(button) {
    const { words } = this;
    const url = this.getAttribute("privacy-url");
    const entries = [
      [words.start_over, () => this.#askToStartOver()],
      [words.download, () => download(this.conversation.items, words)],
      [words.delete, () => this.say("Delete my data")],
      [words.person, () => this.say("I want to talk to a person")],
    ];
    const privacy = url ? { url, onclick: () => SMALL.matches && this.hide() } : null;
    return new Menu(button, entries, privacy, words, this.language, (language) => this.#changeLanguage(language));
  }

  async #changeLanguage(language) {
    this.memory.set("language", language);
    await this.#speak(language);
    this.menu.toggle(false);
  }

  #showPanel() {
    const { activeElement } = this.shadowRoot;
    this.panel.close();
    this.launcher.hide();
    if (SMALL.matches && !this.#isInline) this.panel.showModal();
    else this.panel.setAttribute("open", "");
    activeElement?.focus();
  }

  /** Puts the focus where typing begins; on small screens not in the field, whose keyboard hides the chat. */
  #focus() {
    (SMALL.matches ? this.transcript.element : this.composer.field).focus();
  }

  /** Closes what was opened last: the menu, a question, or the chat. */
  #goBack() {
    if (this.menu.isOpen) this.menu.toggle(false);
    else if (this.confirmation.isOpen) this.confirmation.close();
    else this.hide();
  }

  #announce(text) {
    this.status.textContent = "";
    setTimeout(() => (this.status.textContent = text), BEFORE_ANNOUNCING_MS);
  }

  // ---- talking

  #listener() {
    return {
      starts: () => this.transcript.showTyping(true),
      arrives: (part, message, isFirst) => {
        if (isFirst) this.connection.hide(this.words.back);
        return this.transcript.receive(part, message, isFirst);
      },
      replied: (message, isEmpty) => this.#endReply(message, isEmpty),
      waits: (code) => this.#wait(code),
      fails: (code, canRetry) =>
        this.#showProblem(code, canRetry ? this.words.try_again : "", () => this.delivery.flush()),
      ends: (code, { text }) => this.#showProblem(code, this.words.start_anew, () => this.#startOver(text)),
      rests: () => (this.#isBehind ? this.#refresh() : this.arrivals.watch()),
    };
  }

  #endReply(message, isEmpty) {
    if (isEmpty) this.connection.hide(this.words.back);
    this.#announce(this.transcript.endReply(message, isEmpty));
    this.channel.postMessage("changed");
  }

  #wait(code) {
    this.transcript.showTyping(false);
    if (code === "failed") return;
    this.connection.show(this.#sentence(code));
    this.transcript.labelWaiting();
  }

  #sentence(code) {
    return this.words[code] ?? this.errors[code] ?? this.errors.failed;
  }

  async #rate(id, verdict) {
    await this.api.rate(id, verdict);
    if (verdict) this.#announce(this.words.thanks);
  }

  #showProblem(code, label, act) {
    this.transcript.showTyping(false);
    this.transcript.showProblem(this.#sentence(code), label, act);
  }

  // ---- coming back

  async #restore() {
    this.#isBehind = this.delivery.isBusy;
    if (this.#isBehind) return;
    this.transcript.isBusy = true;
    try {
      await this.conversation.restore();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.endsConversation) {
        this.outbox.messages = [];
        this.#showProblem(error.code, this.words.start_anew, () => this.#startOver());
      } else this.#showProblem(error.code, this.words.try_again, () => this.#restore());
      return;
    } finally {
      this.transcript.isBusy = false;
    }
    this.connection.hide();
    this.transcript.render();
    this.delivery.flush();
  }

  /** Another tab changed the conversation: show it as the server has it. */
  async #refresh() {
    if (this.isOpen || this.conversation.withPerson) await this.#restore();
    else this.conversation.isRestored = false;
  }

  #lookAgain() {
    if (!document.hidden && this.conversation.withPerson) this.arrivals.look();
  }

  /** Shows what somebody of the team wrote meanwhile. */
  #showArrived(items) {
    this.transcript.insert(items);
    this.#announce(items.map(({ text }) => text).join("\n"));
    if (!this.isOpen) this.launcher.tell(items.length);
  }

  #askToStartOver() {
    const { words } = this;
    const act = () => this.#startOver();
    this.confirmation.ask(words.start_over_question, words.yes_start_over, words.cancel, act);
  }

  #startOver(text = "") {
    this.delivery.stop();
    this.arrivals.stop();
    this.conversation.leave();
    this.connection.hide();
    this.transcript.render();
    this.channel.postMessage("changed");
    this.composer.field.value = text;
    this.#focus();
  }
}

customElements.define("iec-chat", IecChat);
