// The server's side of the conversation, as docs/embedding.md describes it.

const PATIENCE_MS = 45_000;

/** What the server answered instead of a reply, or that it did not; `code` names a string. */
export class Refused extends Error {
  constructor(code, seconds = 0) {
    super(code);
    this.code = code;
    this.seconds = seconds;
  }

  get endsConversation() {
    return this.code === "session_expired" || this.code === "no_session";
  }

  get passes() {
    return ["unreachable", "starting", "too_many"].includes(this.code);
  }
}

export class Api {
  constructor(server, memory) {
    this.server = server;
    this.memory = memory;
  }

  get token() {
    return this.memory.get("token");
  }

  /** Forgets the conversation here; the server keeps it. */
  leave() {
    this.memory.set("token", null);
  }

  /** Returns both sides: `{messages}`, and `with_person` while somebody of the team answers. */
  async history() {
    return (await this.#call("/chat/history")).json();
  }

  /** Sends a message and calls `onBubble` for each part of the reply as it arrives. */
  async send(message, onBubble) {
    if (!this.token) {
      const made = await this.#call("/chat/session", { method: "POST" });
      this.memory.set("token", (await made.json()).token);
    }
    const { message_id, text, payload } = message;
    const response = await this.#call("/chat/messages", this.#post({ message_id, text, payload }));
    const lines = await response.text().catch(() => {
      throw new Refused("unreachable");
    });
    for (const line of lines.split("\n").filter(Boolean)) await onBubble(JSON.parse(line));
  }

  async rate(message_id, verdict) {
    await this.#call("/chat/feedback", this.#post({ message_id, verdict }));
  }

  #post(content) {
    return {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content),
    };
  }

  async #call(path, options = {}) {
    const headers = { ...options.headers };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    let response;
    try {
      response = await fetch(this.server + path, {
        ...options,
        headers,
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout?.(PATIENCE_MS),
      });
    } catch {
      throw new Refused("unreachable");
    }
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    const gateway = [502, 504].includes(response.status) ? "unreachable" : "failed";
    throw new Refused(problem.error ?? gateway, Number(response.headers.get("Retry-After")));
  }
}
