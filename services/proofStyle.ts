/** The style of the proof's page: light, dark and on paper. Colours are never alone in saying something. */
export const PROOF_STYLE = `
:root { color-scheme: light dark; --ink: #16262c; --soft: #4a5b62; --paper: #fff; --ground: #f3f7f8; --line: #c3d0d4; --kept: #0b5563; --missed: #b3261e; --promise: #16262c; --alarm: #fdecea; --good: #e3f0f2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8f0f2; --soft: #b3c3c8; --paper: #14201f; --ground: #0c1516; --line: #41555b; --kept: #6fc3d3; --missed: #ff9a8f; --promise: #e8f0f2; --alarm: #4a1c18; --good: #12343b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif; }
main { max-width: 90rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 3rem; }
h1, h2 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; }
.soft, figcaption, caption { color: var(--soft); }
.headline { margin: 1.5rem 0 0; font-size: 1.375rem; }
.headline strong { font-size: 2.25rem; }
.finding { overflow-wrap: anywhere; margin: 1rem 0; padding: .75rem 1rem; border-left: 4px solid var(--kept); background: var(--good); }
.finding.alarm { border-left-color: var(--missed); background: var(--alarm); }
.finding p, .finding ul { margin: .25rem 0; }
figure { max-width: 52rem; margin: 1rem 0; }
figure .wide { margin: 0 0 .25rem; }
svg { display: block; width: 100%; min-width: 36rem; height: auto; padding: .5rem; }
svg text { fill: var(--ink); font-size: 13px; text-anchor: middle; }
.promise-label { font-weight: 650; text-anchor: start; }
.leftwards { text-anchor: end; }
.bar-kept { fill: var(--kept); }
.bar-missed { fill: url(#hatch); stroke: var(--missed); stroke-width: 1.5; }
.hatch-ground { fill: var(--paper); }
.hatch-line { fill: var(--missed); }
.axis { stroke: var(--soft); stroke-width: 1; }
.promise { stroke: var(--promise); stroke-width: 2; stroke-dasharray: 6 4; }
.narrow { width: fit-content; max-width: 100%; }
.wide { overflow-x: auto; margin: 1rem 0; border: 1px solid var(--line); background: var(--paper); }
.wide:focus-visible { outline: 3px solid var(--kept); outline-offset: 2px; }
.wide table { width: 100%; margin: 0; }
#every { font-size: .875rem; }
#every thead th { white-space: normal; }
#every td:nth-last-child(3) { min-width: 9em; }
table { border-collapse: collapse; }
caption { padding: .5rem .6rem; text-align: left; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--soft); white-space: nowrap; }
tbody th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody th, code { white-space: nowrap; }
#every .fault { display: block; }
.verdict-missed, .verdict-closedUnanswered, .fault { color: var(--missed); font-weight: 650; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --ground: #fff; --line: #999; --kept: #0b5563; --missed: #b3261e; --promise: #000; --alarm: #fff; --good: #fff; }
  @page { size: A4 landscape; margin: 12mm; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; border: 0; }
  #every { font-size: .64rem; }
  #every th, #every td { padding: .2rem .3rem; }
  thead { display: table-header-group; }
  tr, figure, .finding { break-inside: avoid; }
  svg, .bar-kept { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
