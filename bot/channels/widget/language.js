// The visitor's language: their choice, else the site's, else the browser's; it never changes by itself.

export const LANGUAGES = { en: "English", fr: "Français" };

/** Returns the language to begin with. */
export function chooseLanguage(chosen, wished) {
  const wishes = [chosen, wished, ...navigator.languages];
  return wishes.map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES) ?? "en";
}

/** Returns every string of a language: `{errors, widget}`. */
export async function loadStrings(language) {
  return (await import(`./strings.${language}.js`)).default;
}

/** Returns an English day, "21 November 2026", as the language writes it. */
export function dayIn(language, english) {
  const day = new Date(`${english} UTC`);
  if (language === "en" || Number.isNaN(day.getTime())) return english;
  return day.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
}

/** Returns `text` with its `{placeholders}` filled. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}
