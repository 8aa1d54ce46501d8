// How the widget looks. A constructed sheet: no inline styles, so a strict policy of the site is kept.

const LIGHT = `
  --fill: var(--iec-accent, #a8142b); --fill-text: var(--iec-accent-text, #fff); --accent: var(--fill);
  --ground: #fff; --soft-ground: #f3f4f7; --ink: #1b2027; --soft: #59626f; --line: #d9dee5; --edge: #7b8591;
  --good: #0b6b3a; --good-ground: #e6f4ec; --bad: #a8142b; --bad-ground: #fcebed;
  --open: #7a4a00; --open-ground: #fdf2df; --link: var(--accent); --shade: rgb(16 24 40 / .22);
`;
const DARK = `
  --accent: var(--iec-accent-dark, color-mix(in srgb, var(--fill) 45%, white));
  --ground: #171b21; --soft-ground: #232932; --ink: #edf0f4; --soft: #a9b3c0; --line: #38414d; --edge: #8d98a6;
  --good: #7fdca6; --good-ground: #14301f; --bad: #ff9aa6; --bad-ground: #3a171d;
  --open: #ffc97d; --open-ground: #35270f; --link: var(--accent); --shade: rgb(0 0 0 / .6);
`;

export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { all: initial; ${LIGHT} color-scheme: light; }
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} color-scheme: dark; } }
:host([theme="dark"]) { ${DARK} color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.frame { all: initial; color-scheme: inherit; font: 400 16px/1.5 var(--iec-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif); color: var(--ink); }
button, select, textarea { font: inherit; color: inherit; }
button { min-height: 44px; cursor: pointer; touch-action: manipulation; }
svg { width: 22px; height: 22px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0; }
p, h2, h3, h4, ul, dl, dd { margin: 0; }

.launcher, .panel { position: fixed; z-index: var(--iec-z, 2147483000); inset: auto 20px 20px auto; }
:host([position="bottom-left"]) :is(.launcher, .panel) { inset: auto auto 20px 20px; }
.launcher { display: flex; gap: 10px; align-items: center; min-height: 56px; max-width: calc(100vw - 40px); padding: 12px 22px 12px 18px;
  border: 0; border-radius: 28px; background: var(--fill); color: var(--fill-text); font-weight: 600; box-shadow: 0 8px 24px var(--shade); }
.launcher:focus-visible { outline-color: var(--ink); }
.launcher.unread::after { content: ""; position: absolute; inset-block-start: 4px; inset-inline-end: 6px; width: 16px; height: 16px; border: 2px solid var(--ground); border-radius: 50%; background: var(--good); }
.panel { display: none; flex-direction: column; width: min(420px, calc(100vw - 40px)); height: min(720px, calc(100dvh - 40px)); max-width: none; max-height: none;
  margin: 0; padding: 0; border: 1px solid var(--line); border-radius: var(--iec-radius, 18px); overflow: hidden;
  background: var(--ground); color: var(--ink); box-shadow: 0 16px 48px var(--shade); }
.panel[open] { display: flex; animation: rise .18s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(12px); } }
@media (max-width: 520px), (max-height: 520px) {
  .launcher { width: 60px; height: 60px; padding: 0; justify-content: center; border-radius: 50%; }
  .launcher svg { width: 26px; height: 26px; }
  .launcher span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .panel:modal { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
}
:host([position="inline"]) { display: block; }
:host([position="inline"]) .panel { position: static; width: 100%; height: var(--iec-height, 640px); box-shadow: none; animation: none; }

header { flex: none; }
.panel > header { display: flex; gap: 4px; align-items: center; padding: 10px 8px 10px 14px; background: var(--fill); color: var(--fill-text); }
.panel > header :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.mark { display: grid; place-items: center; width: 36px; height: 36px; margin-inline-end: 8px; border-radius: 50%; background: var(--fill-text); color: var(--fill); }
.mark svg { width: 20px; height: 20px; }
.titles { flex: 1; min-width: 0; }
.titles h2 { font-size: 17px; line-height: 1.25; font-weight: 650; overflow-wrap: anywhere; }
.titles p { font-size: 13px; line-height: 1.35; }
.panel > header button { display: grid; place-items: center; width: 44px; padding: 0; border: 0; border-radius: 12px; background: none; color: inherit; }
.panel > header button:hover { background: rgb(127 127 127 / .25); }

.menu-place { position: relative; flex: none; height: 0; }
.options { position: absolute; z-index: 1; inset-block-start: 4px; inset-inline-end: 10px; width: min(290px, calc(100% - 20px)); max-height: calc(100dvh - 120px); overflow-y: auto; padding: 6px;
  border: 1px solid var(--line); border-radius: 14px; background: var(--ground); box-shadow: 0 12px 32px var(--shade); }
.options > button, .options > a { display: flex; align-items: center; width: 100%; min-height: 44px; padding: 6px 12px; border: 0; border-radius: 10px; background: none; color: inherit; text-align: start; text-decoration: none; }
.options > :is(button, a):hover { background: var(--soft-ground); }
.language { display: flex; gap: 12px; align-items: center; justify-content: space-between; margin-top: 6px; padding: 8px 12px 4px; border-top: 1px solid var(--line); }
select { min-height: 44px; padding: 4px 10px; border: 1px solid var(--edge); border-radius: 10px; background: var(--ground); }

.confirmation { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 16px; border-bottom: 1px solid var(--line); background: var(--soft-ground); }
.confirmation p { width: 100%; }
.notice { flex: none; padding: 8px 16px; border-bottom: 1px solid var(--line); background: var(--open-ground); color: var(--open); font-size: 14px; line-height: 1.4; }
.connection { flex: none; padding: 8px 16px; background: var(--open-ground); color: var(--open); font-size: 14px; }

.log { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 8px; padding: 16px; overflow-y: auto; overscroll-behavior: contain; }
.log:focus-visible { outline-offset: -4px; }
.log > * { flex: none; max-width: 100%; }
.footnote { margin-bottom: 4px; color: var(--soft); font-size: 13px; line-height: 1.4; text-align: center; text-wrap: balance; }
.bubble { width: fit-content; max-width: 90%; padding: 9px 14px; border-radius: 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
.assistant { align-self: flex-start; background: var(--soft-ground); border-end-start-radius: 5px; }
.staff { align-self: flex-start; border: 1.5px solid var(--accent); border-end-start-radius: 5px; }
.name { display: block; color: var(--accent); font-size: 13px; font-weight: 600; }
.visitor { align-self: flex-end; margin-top: 8px; background: var(--fill); color: var(--fill-text); border-end-end-radius: 5px; }
.visitor + .bubble, .visitor + .progress, .visitor + .card { margin-top: 8px; }
.whole { white-space: nowrap; }
a { color: var(--link); text-underline-offset: 2px; }
.waits { align-self: flex-end; color: var(--soft); font-size: 13px; }
.source { padding-inline: 4px; color: var(--soft); font-size: 13px; line-height: 1.45; overflow-wrap: anywhere; }
.source a { color: inherit; }
.typing { display: flex; gap: 5px; padding-block: 15px; }
.typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--soft); animation: blink 1.2s infinite; }
.typing i:nth-child(2) { animation-delay: .2s; }
.typing i:nth-child(3) { animation-delay: .4s; }
@keyframes blink { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

.replies { display: flex; flex-wrap: wrap; gap: 8px; padding-top: 4px; }
.replies button, .problem button, .confirmation button, .copy { padding: 6px 16px; border: 1.5px solid var(--accent); border-radius: 22px; background: var(--ground); color: var(--accent); font-weight: 550; text-align: start; overflow-wrap: anywhere; }
:is(.replies, .problem, .confirmation) button:hover, .copy:hover { background: var(--soft-ground); }
.confirmation .strong { background: var(--fill); color: var(--fill-text); }
.problem { display: grid; gap: 8px; justify-items: start; padding: 12px 14px; border-radius: 12px; background: var(--open-ground); color: var(--open); }

.progress { display: flex; gap: 12px; align-items: center; width: 100%; color: var(--soft); font-size: 13px; }
.progress span { flex: none; }
progress { appearance: none; flex: 1; min-width: 40px; max-width: 140px; height: 6px; border: 0; border-radius: 3px; overflow: hidden; background: var(--line); }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }

.card { width: 100%; border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.card > :not(header) { margin-inline: 14px; }
.card h3 { font-size: 16px; line-height: 1.35; font-weight: 650; }
.card h3 small { font-size: 13px; font-weight: 400; white-space: nowrap; }
.card > header { padding: 12px 14px; background: var(--open-ground); color: var(--open); }
.qualified > header { background: var(--good-ground); color: var(--good); }
.not_qualified > header { background: var(--bad-ground); color: var(--bad); }
.card > header h3 { color: var(--ink); }
.card > header small { color: var(--ink); }
.outcome { display: flex; gap: 6px; align-items: flex-start; margin-top: 2px; font-weight: 600; line-height: 1.35; }
.outcome svg { width: 20px; height: 20px; }
.findings { padding: 0; list-style: none; }
.findings li { display: flex; gap: 10px; padding: 10px 0; border-top: 1px solid var(--line); font-size: 15px; line-height: 1.4; }
header + .findings li:first-child, details .findings li:first-child { border-top: 0; }
.findings svg { width: 20px; height: 20px; padding: 2px; border-radius: 50%; stroke-width: 2.6; }
.findings strong { font-weight: 600; }
.findings strong { display: inline-block; }
.findings strong::first-letter, .met-list > p::first-letter { text-transform: uppercase; }
.findings p { color: var(--soft); font-size: 14px; overflow-wrap: anywhere; }
.status { font-size: 13px; white-space: nowrap; }
.met .status, .met svg { color: var(--good); }
.met svg { background: var(--good-ground); }
.unmet .status, .unmet svg { color: var(--bad); }
.unmet svg { background: var(--bad-ground); }
.unknown .status, .unknown svg { color: var(--open); }
.unknown svg { background: var(--open-ground); }
.met-list { padding-top: 10px; border-top: 1px solid var(--line); line-height: 1.4; }
.met-list > strong { color: var(--good); font-weight: 600; }
.met-list > p { color: var(--soft); font-size: 14px; }
header + .met-list { border-top: 0; }
summary { display: flex; gap: 8px; align-items: center; min-height: 44px; color: var(--accent); font-weight: 550; cursor: pointer; }
summary::before { content: ""; width: 8px; height: 8px; margin-inline: 4px; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details[open] summary::before { transform: rotate(45deg); }
.stay { padding: 10px 0; border-top: 1px solid var(--line); font-weight: 600; }
.card > .source { padding: 10px 0; border-top: 1px solid var(--line); }

.summary > h3 { padding-block: 12px 4px; }
.summary :is(dl > div, li) { position: relative; min-height: 44px; padding: 8px 68px 8px 0; border-top: 1px solid var(--line); line-height: 1.4; overflow-wrap: anywhere; }
.summary dl > div:first-child { border-top: 0; }
.summary dt, .summary h4 { color: var(--soft); font-size: 13px; font-weight: 400; }
.summary h4 { padding-block: 10px 6px; border-top: 1px solid var(--line); }
.summary ul { padding: 0 0 4px; list-style: none; }
.summary li { display: flex; align-items: center; }
.summary li span::first-letter { text-transform: uppercase; }
.change { position: absolute; inset-block: 0; inset-inline-end: 0; min-width: 64px; padding: 0; border: 0; background: none; color: var(--accent); text-align: end; text-decoration: underline; text-underline-offset: 3px; font-size: 14px; }
.reference { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; width: 100%; padding: 12px 14px; border: 1.5px dashed var(--edge); border-radius: 14px; }
.reference span { width: 100%; color: var(--soft); font-size: 13px; }
.reference code { flex: 1; font: 650 20px/1.3 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; letter-spacing: .04em; overflow-wrap: anywhere; }
.thumbs { display: flex; gap: 2px; align-items: center; padding-inline-start: 4px; color: var(--soft); font-size: 13px; }
.thumbs span { margin-inline-end: 4px; }
.thumb { display: grid; place-items: center; width: 44px; padding: 0; border: 0; border-radius: 12px; background: none; color: var(--soft); }
.thumb svg { width: 19px; height: 19px; stroke-width: 1.7; }
.thumb:hover { background: var(--soft-ground); }
.thumb[aria-pressed="true"] { color: var(--accent); background: var(--soft-ground); }
.thumb[aria-pressed="true"] svg { fill: currentColor; fill-opacity: .25; }

form { flex: none; display: flex; gap: 8px; align-items: flex-end; padding: 10px 12px max(10px, env(safe-area-inset-bottom)); border-top: 1px solid var(--line); }
textarea { flex: 1; min-width: 0; min-height: 46px; max-height: 132px; padding: 10px 14px; border: 1px solid var(--edge); border-radius: 14px; background: var(--ground); line-height: 1.5; resize: none; }
textarea::placeholder { color: var(--soft); opacity: 1; }
textarea:focus-visible { outline-offset: 0; }
.send { display: grid; place-items: center; flex: none; width: 46px; height: 46px; padding: 0; border: 0; border-radius: 14px; background: var(--fill); color: var(--fill-text); }

@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .bubble, .card, .launcher, .send, .panel > header { border: 1px solid; } }
`);

/** Returns a sheet with the site's own colours; what is not a colour is ignored. */
export function colours(accent, text) {
  const own = new CSSStyleSheet();
  const is = (colour) => colour && CSS.supports("color", colour);
  const rules = [
    is(accent) && `--iec-accent: ${accent};`,
    is(text) && `--iec-accent-text: ${text};`,
  ];
  own.replaceSync(`:host { ${rules.filter(Boolean).join(" ")} }`);
  return own;
}
