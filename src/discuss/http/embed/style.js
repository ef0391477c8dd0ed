// Styles of a thread and of an article's figures. A constructed style sheet, which a strict Content-Security-Policy allows.
// Sites change it through --discuss-… custom properties and parts.

export const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; color: var(--discuss-ink, CanvasText); font: var(--discuss-font, 1rem/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif); }
  :host([hidden]), [hidden], [data-act="report"][data-mine], [data-act="edit"]:not([data-mine]), [data-act="remove"]:not([data-mine]), [data-late] { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  h2 { font-size: 1.35rem; line-height: 1.2; margin: 0 0 1rem; }
  h3 { font-size: 1.05rem; margin: 0 0 .75rem; }
  .count { color: var(--discuss-quiet, inherit); font-weight: 400; }
  ol { list-style: none; margin: 0; padding: 0; }
  .comment { padding: 1rem 0; border-top: 1px solid var(--discuss-line, GrayText); }
  ol ol { margin-left: clamp(.6rem, 2.5vw, 1.75rem); padding-left: clamp(.6rem, 2vw, 1.1rem); border-left: 2px solid var(--discuss-line, GrayText); }
  ol ol > li:first-child > .comment { border-top: 0; }
  ol ol ol ol ol { margin-left: 0; }
  .comment:focus, ol:focus { outline: none; }
  .comment.new { animation: arrive 3s ease-out; }
  @keyframes arrive { from { background: color-mix(in srgb, var(--discuss-accent, Highlight) 16%, transparent); } }
  @media (prefers-reduced-motion: reduce) { .comment.new { animation: none; } }
  .who { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; margin: 0 0 .3rem; }
  .who b { font-weight: 650; }
  time, .quiet { color: var(--discuss-quiet, inherit); font-size: .88rem; }
  .text { overflow-wrap: anywhere; }
  .text > :first-child { margin-top: 0; }
  .text p { margin: 0 0 .6rem; }
  .text blockquote { margin: 0 0 .6rem; padding-left: .9rem; border-left: 3px solid var(--discuss-line, GrayText); color: var(--discuss-quiet, inherit); }
  .text ol { list-style: decimal; margin: 0 0 .6rem; padding: 0 0 0 1.8em; border: 0; }
  .text pre { overflow-x: auto; }
  a { color: var(--discuss-accent, LinkText); }
  button, input, select, textarea { font: inherit; color: inherit; }
  button { cursor: pointer; min-height: 2.6rem; padding: .45rem 1.1rem; border: 1px solid var(--discuss-line, GrayText); border-radius: 8px; background: var(--discuss-raised, Canvas); font-weight: 550; }
  button:hover { border-color: var(--discuss-accent, LinkText); }
  button.first { background: var(--discuss-accent, LinkText); border-color: transparent; color: var(--discuss-ground, Canvas); }
  button.plain { min-height: 1.9rem; padding: .1rem 0; border: 0; background: none; color: var(--discuss-accent, LinkText); font-weight: 400; font-size: .92rem; }
  button.plain:hover { text-decoration: underline; text-underline-offset: .18em; }
  button[aria-disabled="true"] { opacity: .6; cursor: default; }
  textarea, input, select { width: 100%; padding: .6rem .8rem; border: 1px solid var(--discuss-quiet, GrayText); border-radius: 8px; background: var(--discuss-raised, Canvas); }
  textarea { min-height: 7rem; resize: vertical; display: block; }
  textarea.short { min-height: 4rem; }
  .figures { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1.5rem; }
  .votes { display: flex; gap: .5rem; }
  .votes button { min-height: 2.2rem; padding: .25rem .9rem; font-variant-numeric: tabular-nums; }
  .votes button[aria-pressed="true"] { background: var(--discuss-accent, LinkText); border-color: transparent; color: var(--discuss-ground, Canvas); }
  .acts { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
  .acts .quiet-act { color: var(--discuss-quiet, inherit); }
  .notice { margin: 0 0 1rem; padding-left: .9rem; border-left: 3px solid var(--discuss-accent, LinkText); }
  .notice p { margin: 0 0 .3rem; }
  :focus-visible { outline: 3px solid var(--discuss-accent, Highlight); outline-offset: 2px; }
  .panel { margin: .75rem 0 0; padding: 1.25rem; border: 1px solid var(--discuss-line, GrayText); border-radius: 12px; }
  .box > .panel { margin-top: 1.5rem; }
  label { display: block; font-weight: 550; margin: 0 0 .3rem; }
  .field { margin: 0 0 .9rem; max-width: 24rem; }
  .field .quiet, .hint { margin: .25rem 0 0; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; margin-top: .9rem; }
  .told { margin: .75rem 0 0; }
  .told:empty { margin: 0; }
  .told.wrong { font-weight: 550; }
  .told:not(.wrong) { color: var(--discuss-quiet, inherit); }
`);
