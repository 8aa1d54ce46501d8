// The chat page: shows what the server says, sends what the visitor says, each message once.

const TOKEN = "iec-chat-token";
const GREETING = {
  text:
    "Hello! I answer questions about International Experience Canada and our programs, check the " +
    "published criteria with you, and can put you on the waiting list. What would you like to do?",
  buttons: [
    { title: "Am I eligible?", payload: "Am I eligible?" },
    { title: "What does it cost?", payload: "How much does it cost?" },
    { title: "Talk to a person", payload: "I want to talk to a person" },
  ],
};
const OFFLINE = "The assistant cannot be reached. Please check your connection.";

const log = document.getElementById("log");
const status = document.getElementById("status");
const replies = document.getElementById("replies");
const form = document.getElementById("form");
const field = document.getElementById("text");

let queue = Promise.resolve();

/** What the server answered instead of a reply; `code` says why. */
class Refused extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("offline", OFFLINE);
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refused(problem.error ?? "failed", problem.text ?? OFFLINE);
  }
  return response;
}

async function token() {
  const kept = localStorage.getItem(TOKEN);
  if (kept) return kept;
  const made = (await (await call("/chat/session", { method: "POST" })).json()).token;
  localStorage.setItem(TOKEN, made);
  return made;
}

async function deliver(message) {
  const response = await call("/chat/messages", {
    method: "POST",
    headers: { Authorization: `Bearer ${await token()}`, "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });
  const lines = (await response.text()).split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

/** Text as nodes; addresses become links. Nothing is ever read as HTML. */
function textNodes(text) {
  return text.split(/(https:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((part, index) => {
    if (index % 2 === 0) return document.createTextNode(part);
    const link = document.createElement("a");
    link.href = part;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    link.textContent = part;
    return link;
  });
}

function showLatest() {
  log.scrollTop = log.scrollHeight;
}

/** Who speaks, for those who do not see the sides and colours. */
function spoken(speaker) {
  const label = document.createElement("span");
  label.className = "hidden";
  label.textContent = { visitor: "You: ", assistant: "Assistant: ", problem: "Problem: " }[speaker];
  return label;
}

function show(speaker, text) {
  const item = document.createElement("p");
  item.className = speaker;
  item.append(spoken(speaker), ...textNodes(text));
  log.append(item);
  showLatest();
  return item;
}

function button(title, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = title;
  element.addEventListener("click", onClick);
  return element;
}

function offer(buttons) {
  replies.replaceChildren(
    ...buttons.map(({ title, payload }) =>
      button(title, () => {
        field.focus();
        say(payload.startsWith("/") ? title : payload, { payload });
      }),
    ),
  );
  showLatest();
}

function showReply(bubbles) {
  for (const bubble of bubbles) if (bubble.text) show("assistant", bubble.text);
  offer(bubbles.flatMap((bubble) => bubble.buttons));
}

function showProblem(error, message) {
  const item = show("problem", error.message);
  if (error.code === "session_expired" || error.code === "no_session") {
    localStorage.removeItem(TOKEN);
  } else {
    item.append(
      button("Try again", () => {
        item.remove();
        field.focus();
        send(message);
      }),
    );
  }
  showLatest();
}

function send(message) {
  queue = queue.then(async () => {
    status.textContent = "The assistant is writing…";
    try {
      showReply(await deliver(message));
    } catch (error) {
      showProblem(error, message);
    }
    status.textContent = "";
  });
}

function say(shown, content) {
  show("visitor", shown);
  offer([]);
  send({ message_id: messageId(), ...content });
}

function messageId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

async function restore() {
  const kept = localStorage.getItem(TOKEN);
  if (!kept) return showReply([GREETING]);
  try {
    const response = await call("/chat/history", { headers: { Authorization: `Bearer ${kept}` } });
    const { messages } = await response.json();
    if (!messages.length) return showReply([GREETING]);
    for (const { speaker, text } of messages) if (text) show(speaker, text);
    const lastVisitor = messages.findLastIndex(({ speaker }) => speaker === "visitor");
    offer(messages.slice(lastVisitor + 1).flatMap((message) => message.buttons));
  } catch (error) {
    if (error.code === "offline" || error.code === "failed") {
      show("problem", error.message).append(button("Try again", () => location.reload()));
    } else {
      localStorage.removeItem(TOKEN);
      show("problem", error.message);
      showReply([GREETING]);
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  field.style.height = "auto";
  say(text, { text });
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

field.addEventListener("input", () => {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
});

document.getElementById("restart").addEventListener("click", () => {
  localStorage.removeItem(TOKEN);
  log.replaceChildren();
  showReply([GREETING]);
  field.focus();
});

restore();
field.focus();
