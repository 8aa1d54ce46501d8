// What arrives without being asked for: while a person has the conversation, the history is read
// again and again, quietly, and what is new in it goes to the transcript.

import { Refused } from "./api.js";

const BETWEEN_LOOKS_MS = 4_000;
const LONGEST_MS = 60_000;

export class Arrivals {
  #conversation;
  #isBusy;
  #onArrival;
  #timer = 0;
  #wait = BETWEEN_LOOKS_MS;

  /** `isBusy()`: a reply is on its way; `onArrival(items)` is called with what is new. */
  constructor(conversation, isBusy, onArrival) {
    this.#conversation = conversation;
    this.#isBusy = isBusy;
    this.#onArrival = onArrival;
  }

  /** Looks now and then as long as a person has the conversation; may be called at any time. */
  watch() {
    this.stop();
    if (this.#conversation.withPerson) this.#timer = setTimeout(() => this.look(), this.#wait);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** Looks once, now. */
  async look() {
    this.stop();
    try {
      const arrived = document.hidden ? [] : await this.#conversation.catchUp(this.#isBusy);
      this.#wait = BETWEEN_LOOKS_MS;
      if (arrived.length) this.#onArrival(arrived);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.endsConversation) return;
      this.#wait = Math.max(error.seconds * 1000, Math.min(this.#wait * 2, LONGEST_MS));
    }
    this.watch();
  }
}
