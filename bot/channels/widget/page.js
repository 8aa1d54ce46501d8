// The page's own button that opens the chat.

const chat = document.querySelector("iec-chat");
await customElements.whenDefined("iec-chat");
for (const button of document.querySelectorAll("[data-open-chat]")) {
  button.hidden = false;
  button.addEventListener("click", () => chat.show());
}
