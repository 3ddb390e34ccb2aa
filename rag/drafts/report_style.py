"""How the page of a checked draft looks: ink on paper, wide and narrow, light, dark and printed."""

STYLE = """
:root {
  --paper: #fbfaf7; --sheet: #ffffff; --ink: #1c1b19; --soft: #5f5b54; --rule: #e3dfd6;
  --bad: #9a2617; --bad-tint: #f8e6de; --part: #7a5200; --part-tint: #f7edd3; --good: #2c6145;
  --serif: "Iowan Old Style", "Charter", "Source Serif 4", Georgia, "Liberation Serif", serif;
  --sans: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161614; --sheet: #1f1f1c; --ink: #ece8df; --soft: #aba599; --rule: #34322d;
    --bad: #f0907c; --bad-tint: #41251d; --part: #e2b866; --part-tint: #3a2f16; --good: #8fc7a6;
  }
}
@media print { :root { --paper: #fff; --sheet: #fff; } }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.6 var(--sans); }
main { max-width: 74rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 2.5rem) 4rem; }
h1, h2, .heading { font-family: var(--serif); line-height: 1.2; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.6rem, 5vw, 2.2rem); margin: 0 0 .4rem; }
h2 {
  font-size: 1.3rem; margin: 3rem 0 1rem; padding-top: .8rem; border-top: 1px solid var(--soft);
}
p { margin: 0 0 .8rem; overflow-wrap: anywhere; }
a { color: inherit; text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--bad); outline-offset: 2px; }
:target { scroll-margin-top: 1rem; }
.soft { color: var(--soft); font-size: .9rem; max-width: 44rem; }
.key {
  list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin: 1rem 0 2rem;
  padding: 0;
}
.key .sign { font-size: 1rem; vertical-align: baseline; padding: 0; }
.key b { font-variant-numeric: tabular-nums; }
.block { display: grid; grid-template-columns: minmax(0, 40rem) minmax(0, 1fr); gap: 0 2.2rem; }
.block + .block { margin-top: .5rem; }
.words { font-family: var(--serif); font-size: 1.1rem; margin: 0 0 .6rem; overflow-wrap: anywhere; }
.heading { font-size: 1.3rem; font-weight: 600; margin: 1.4rem 0 .5rem; }
.s { text-underline-offset: .22em; text-decoration-thickness: 1px; }
.contradicted { background: var(--bad-tint); text-decoration: underline wavy var(--bad); }
.partly { background: var(--part-tint); text-decoration: underline dashed var(--part); }
.silent { text-decoration: underline dotted var(--soft); }
.not-a-claim { color: var(--soft); }
mark {
  background: none; color: inherit; font-weight: 700; border: 1.5px solid var(--bad);
  padding: 0 .15em;
}
.sign {
  font: 600 .72rem/1 var(--sans); vertical-align: .35em; white-space: nowrap; padding-left: .2em;
  text-decoration: none; display: inline-block;
}
.sign.bad { color: var(--bad); }
.sign.part { color: var(--part); }
.sign.good { color: var(--good); }
.sign.none { color: var(--soft); }
.notes { font-size: .875rem; line-height: 1.45; }
.note {
  background: var(--sheet); border: 1px solid var(--rule); border-left: 4px double var(--part);
  padding: .6rem .8rem; margin: 0 0 .7rem;
}
.note.bad { border-left: 4px solid var(--bad); }
.note h3 { font: 600 .9rem/1.35 var(--sans); margin: 0 0 .4rem; }
.note dl {
  display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .7rem;
  margin: 0 0 .5rem;
}
.note dt.kind { grid-column: 1 / -1; }
.note dt { color: var(--soft); } .note dd { margin: 0; overflow-wrap: anywhere; }
.note dd.value { font-weight: 600; }
blockquote {
  margin: .3rem 0; padding-left: .7rem; border-left: 2px solid var(--rule); overflow-wrap: anywhere;
}
.from { color: var(--soft); display: block; font-size: .82rem; overflow-wrap: anywhere; }
ol.sources { padding-left: 2.4rem; max-width: 52rem; }
ol.sources li { margin-bottom: .9rem; overflow-wrap: anywhere; }
.unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
@media (max-width: 52rem) {
  .block { grid-template-columns: minmax(0, 1fr); }
  .notes { margin-bottom: .6rem; }
}
@media print { .note, li { break-inside: avoid; } }
"""
