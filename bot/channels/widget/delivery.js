// The way of a message: it stays in the outbox until it was answered, and is tried until then.

import { Refused } from "./api.js";

const LONGEST_RETRY_MS = 8_000;
const FAILURES_IN_A_ROW = 2;

/**
 * Sends what is in the outbox, one after the other; tabs of a site take turns.
 *
 * It tells `listener`: `starts(message)`, `arrives(part, message, isFirst)` for each part of a reply,
 * `replied(message, isEmpty)`, `waits(code)` when it will try again by itself, `fails(code, canRetry)` when it
 * will not, `ends(code, message)` when the server no longer knows the conversation, `rests()`.
 */
export class Delivery {
  #api;
  #outbox;
  #listener;
  #failures = 0;
  #retry = 0;
  isBusy = false;

  constructor(api, outbox, listener) {
    this.#api = api;
    this.#outbox = outbox;
    this.#listener = listener;
  }

  /** Sends `message` once, now or as soon as the server can be reached. */
  send(message) {
    this.#outbox.add(message);
    this.#failures = 0;
    return this.flush();
  }

  /** Sends what waits. */
  async flush() {
    this.stop();
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const send = () => this.#sendAll();
      if (navigator.locks) await navigator.locks.request(this.#outbox.name, send);
      else await send();
    } finally {
      this.isBusy = false;
    }
    this.#listener.rests();
  }

  /** Stops trying again. */
  stop() {
    clearTimeout(this.#retry);
  }

  async #sendAll() {
    for (let [message] = this.#outbox.messages; message; [message] = this.#outbox.messages) {
      if (!navigator.onLine) return this.#listener.waits("offline");
      try {
        await this.#deliver(message);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (this.#mustWait(error, message)) return undefined;
      }
    }
    return undefined;
  }

  async #deliver(message) {
    let isFirst = true;
    this.#listener.starts(message);
    await this.#api.send(message, async (part) => {
      await this.#listener.arrives(part, message, isFirst);
      isFirst = false;
    });
    this.#outbox.remove(message.message_id);
    this.#failures = 0;
    this.#listener.replied(message, isFirst);
  }

  /** Tells what went wrong with `message`; true when the messages behind it must wait as well. */
  #mustWait(error, message) {
    this.#failures += 1;
    if (error.endsConversation) {
      this.#outbox.messages = [];
      this.#listener.ends(error.code, message);
      return true;
    }
    if (error.passes || (error.code === "failed" && this.#failures <= FAILURES_IN_A_ROW)) {
      const wait = error.seconds * 1000 || Math.min(1000 * 2 ** (this.#failures - 1), LONGEST_RETRY_MS);
      this.#retry = setTimeout(() => this.flush(), wait);
      this.#listener.waits(error.code);
      return true;
    }
    const canRetry = error.code === "failed";
    if (!canRetry) this.#outbox.remove(message.message_id);
    this.#listener.fails(error.code, canRetry);
    return canRetry;
  }
}
