// One key for each decision. The page works without; the keys press its own buttons.

const riddles = [...document.querySelectorAll(".riddle")];
let current = 0;

function go(to) {
  if (!riddles.length) return;
  current = Math.max(0, Math.min(to, riddles.length - 1));
  riddles.forEach((riddle, index) => riddle.toggleAttribute("data-current", index === current));
  riddles[current].focus();
}

function press(key) {
  const place = key === "u" ? document : riddles[current];
  const target = place?.querySelector(`[data-key="${key}"]`);
  if (target?.tagName === "INPUT") target.focus();
  else target?.click();
  return Boolean(target);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") riddles[current]?.focus();
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "j") go(current + 1);
  else if (key === "k") go(current - 1);
  else if (!press(key)) return;
  event.preventDefault();
});

for (const [index, riddle] of riddles.entries()) riddle.addEventListener("focusin", () => {
  current = index;
  riddles.forEach((each) => each.toggleAttribute("data-current", each === riddle));
});
for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
go(0);
