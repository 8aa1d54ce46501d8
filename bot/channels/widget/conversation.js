// What was said on both sides, as far as this browser knows it: each part once, in order.

/** A conversation as the transcript shows it; the server has the whole of it. */
export class Conversation {
  items = [];
  isRestored = false;

  #memory;

  constructor(api, outbox, memory) {
    this.api = api;
    this.outbox = outbox;
    this.#memory = memory;
  }

  /** Reads all of it from the server; a message that was answered meanwhile need not be sent again. */
  async restore() {
    const history = await this.#history();
    this.items = [];
    this.merge(history);
    const arrived = new Set(this.items.map(({ message_id }) => message_id));
    const answered = new Set(this.items.map(({ reply_to }) => reply_to));
    for (const { message_id: id } of this.outbox.messages)
      if (arrived.has(id) && answered.has(id)) this.outbox.remove(id);
    this.isRestored = true;
  }

  /** Reads what is new on the server; returns it, unless `isBusy` says that it arrives by itself. */
  async catchUp(isBusy) {
    const history = await this.#history();
    return isBusy() ? [] : this.merge(history);
  }

  /** Adds the parts of a history that are not known yet, and returns them. */
  merge({ messages, with_person: withPerson = false }) {
    this.withPerson = withPerson;
    const known = new Set(keys(this.items));
    const names = keys(messages);
    const unknown = messages.filter((_, index) => !known.has(names[index]));
    this.items.push(...unknown);
    return unknown;
  }

  /** Adds what was just said and returns it as an item. */
  add(said) {
    const item = { time: new Date().toISOString(), ...said };
    this.withPerson = item.with_person ?? this.withPerson;
    this.items.push(item);
    return item;
  }

  /** Returns the parts of the reply to a message. */
  replyTo(id) {
    return this.items.filter((item) => id && item.reply_to === id && !item.message_id);
  }

  /** Returns what was said after the visitor's last words. */
  get latest() {
    return this.items.slice(this.items.findLastIndex(({ speaker }) => speaker === "visitor") + 1);
  }

  /** Leaves this conversation for a new one. */
  leave() {
    this.api.leave();
    this.outbox.messages = [];
    this.items = [];
    this.isRestored = true;
    this.withPerson = false;
  }

  /** Whether somebody of the team has the conversation; known on every page of the site. */
  get withPerson() {
    return this.#memory.get("with_person") !== null;
  }

  set withPerson(isSo) {
    this.#memory.set("with_person", isSo ? "yes" : null);
  }

  async #history() {
    return this.api.token ? this.api.history() : { messages: [] };
  }
}

/** Names each item: who spoke, by which message or in reply to which, and the how-manieth of those. */
function keys(items) {
  const seen = new Map();
  return items.map(({ speaker, message_id, reply_to }) => {
    const group = `${speaker} ${message_id ?? `after ${reply_to}`}`;
    seen.set(group, (seen.get(group) ?? 0) + 1);
    return `${group} ${seen.get(group)}`;
  });
}
