// The page's own controls of the chat: buttons that open it or ask it something, links of languages.

const chat = document.querySelector("iec-chat");
await customElements.whenDefined("iec-chat");
for (const part of document.querySelectorAll("[data-needs-chat]")) part.hidden = false;
for (const button of document.querySelectorAll("[data-ask]"))
  button.addEventListener("click", async () => {
    await chat.show();
    if (button.dataset.ask) chat.say(button.dataset.ask);
  });
for (const link of document.querySelectorAll("nav a[hreflang]"))
  link.addEventListener("click", () => chat.memory.set("language", link.hreflang));
