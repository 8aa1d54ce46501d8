// What the visitor writes appears by itself. Without this file, load the page again.

const BETWEEN_LOOKS_MS = 3_000;
const LONGEST_MS = 60_000;
const LONGEST_IDLE_MS = 20 * 60_000; // looking on for ever would keep an abandoned session open
const place = document.querySelector("[data-news]");
const turns = document.querySelector('[data-live="turns"]');
const field = document.querySelector("#answer textarea");
let wait = BETWEEN_LOOKS_MS;
let lastTouched = Date.now();

const toEnd = () => (turns.scrollTop = turns.scrollHeight);

async function renew() {
  const response = await fetch(location.pathname);
  if (!response.ok) throw new Error(String(response.status));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-news]");
  if (!fresh) return location.reload();
  if (Boolean(page.querySelector("#answer")) !== Boolean(field) && !field?.value) return location.reload();
  const known = turns.querySelectorAll(".turn").length;
  const added = [...page.querySelectorAll('[data-live="turns"] .turn')].slice(known);
  turns.querySelector("ol").append(...added);
  for (const name of ["state", "actions"]) {
    const part = page.querySelector(`[data-live="${name}"]`);
    document.querySelector(`[data-live="${name}"]`).replaceChildren(...part.childNodes);
  }
  place.dataset.state = fresh.dataset.state;
  if (added.length) toEnd();
}

async function look() {
  try {
    if (!document.hidden && Date.now() - lastTouched < LONGEST_IDLE_MS) {
      const response = await fetch(place.dataset.news);
      if (!response.ok) throw new Error(String(response.status));
      const { state } = await response.json();
      if (state !== place.dataset.state) await renew();
    }
    wait = BETWEEN_LOOKS_MS;
  } catch {
    wait = Math.min(wait * 2, LONGEST_MS);
  }
  setTimeout(look, wait);
}

field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
});
for (const touch of ["keydown", "pointerdown"]) addEventListener(touch, () => (lastTouched = Date.now()));
toEnd();
setTimeout(look, wait);
