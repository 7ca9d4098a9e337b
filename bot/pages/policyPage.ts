import { createHash } from 'node:crypto';
import type { Policy, PolicyPart, PolicySection } from '../../services/policy';
import type { Inline, PassagePiece } from '../../services/policyMarkers';
import { escapeHtml } from '../../services/escapeHtml';

/** The policy as a page of HTML, and the base64 SHA-256 hash of its one inline style. */
export interface PolicyPage {
  readonly html: string;
  readonly styleHash: string;
}

/** Renders the policy for reading: every passage id is an anchor, and the passage that an address names stands out. */
export function renderPolicyPage(policy: Policy): PolicyPage {
  const style = continuationStyle(policy);
  const title = escapeHtml(policy.title);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Comantra Privacy Desk</title>
<link rel="icon" href="/assets/shared/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/shared/base.css">
<link rel="stylesheet" href="/assets/shared/policy.css">
<style>${style}</style>
</head>
<body>
<a class="skip-link" href="#policy">Skip to the policy</a>
<header class="page-header">
<a class="desk-name" href="/"><img src="/assets/shared/icon.svg" alt="" width="28" height="28">Comantra Privacy Desk</a>
<a class="header-link" href="/">Ask the desk</a>
</header>
<div class="policy-layout">
<nav class="contents" aria-labelledby="contents-title">
<h2 id="contents-title">Contents</h2>
<ol>
${policy.sections.map(contentsEntry).join('\n')}
</ol>
</nav>
<main id="policy" class="policy" tabindex="-1">
<h1>${title}</h1>
${policy.preamble.map((words) => `<p class="preamble">${escapeHtml(words)}</p>`).join('\n')}
${policy.sections.map(section).join('\n')}
</main>
</div>
</body>
</html>
`;
  return { html, styleHash: createHash('sha256').update(style).digest('base64') };
}

function contentsEntry({ number, title }: PolicySection): string {
  return `<li value="${number}"><a href="#section-${number}">${escapeHtml(title)}</a></li>`;
}

function section({ number, title, parts }: PolicySection): string {
  return `<section aria-labelledby="section-${number}">
<h2 id="section-${number}"><span class="number">${number}.</span> ${escapeHtml(title)}</h2>
${parts.map(part).join('\n')}
</section>`;
}

function part({ title, paragraphs }: PolicyPart): string {
  const heading = title === '' ? [] : [`<h3>${escapeHtml(title)}</h3>`];
  return [...heading, ...paragraphs.map((content) => `<p>${inline(content)}</p>`)].join('\n');
}

function inline(content: readonly Inline[]): string {
  return content
    .map((words) => (typeof words === 'string' ? escapeHtml(words) : passagePiece(words)))
    .join('');
}

function passagePiece({ id, continued, content }: PassagePiece): string {
  const name = continued ? `data-continues="${id}"` : `id="${id}"`;
  return `<span class="passage" ${name}>${inline(content)}</span>`;
}

/** An address can name one element only, so the further pieces of a passage stand out by a rule of their own. */
function continuationStyle(policy: Policy): string {
  return [...policy.passages.values()]
    .filter(({ text }) => text.length > 1)
    .map(
      ({ id }) =>
        `:root:has([id="${id}"]:target) [data-continues="${id}"]{background:var(--highlight)}`,
    )
    .join('\n');
}
