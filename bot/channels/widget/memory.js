// What the browser remembers for this site, in all tabs; only for the tab where storage is forbidden.

const fallback = new Map();

/** A named drawer of the browser's storage. */
export class Memory {
  constructor(name) {
    this.name = name;
  }

  get(key) {
    try {
      return localStorage.getItem(`${this.name}:${key}`);
    } catch {
      return fallback.get(`${this.name}:${key}`) ?? null;
    }
  }

  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(`${this.name}:${key}`);
      else localStorage.setItem(`${this.name}:${key}`, value);
    } catch {
      fallback.set(`${this.name}:${key}`, value);
    }
  }
}

/** Messages on their way: each stays until it was answered, so that none is lost or sent twice. */
export class Outbox {
  constructor(memory) {
    this.memory = memory;
    this.name = memory.name;
  }

  get messages() {
    return JSON.parse(this.memory.get("outbox") ?? "[]");
  }

  set messages(messages) {
    this.memory.set("outbox", messages.length ? JSON.stringify(messages) : null);
  }

  add(message) {
    this.messages = [...this.messages, message];
  }

  remove(id) {
    this.messages = this.messages.filter((message) => message.message_id !== id);
  }
}

/** Returns a new id of a message, also where the page came without encryption. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
