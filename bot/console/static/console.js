// Every page works without this file; it saves clicks.

// Filters apply as soon as one is chosen.
for (const form of document.querySelectorAll("form[data-apply]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
  });
}

// A form is sent once; the browser's way back shows it usable again.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// "All shown" ticks the boxes of its part of the page.
for (const all of document.querySelectorAll("input[data-within]")) {
  const part = document.getElementById(all.dataset.within).parentElement;
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of part.querySelectorAll("input[name=people]")) box.checked = all.checked;
  });
}
