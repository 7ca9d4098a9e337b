import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { writeProof } from '../../bot/commands/proof';
import type { PromiseRow } from '../../services/proof';
import { describeInBrowser } from '../support/browser';
import { at, madeOf, promised, row } from '../support/proof';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LOG = { outcome: 'whole', entries: 240, head: { seq: 240, hash: 'a'.repeat(64) } } as const;

/** Promises of every verdict, one that was altered among them. */
const ROWS: readonly PromiseRow[] = [
  ...['15T16', '15T17', '16T10', '16T11', '16T15', '17T12', '17T18', '18T09', '19T12', '22T11'].map(
    (when, n) =>
      row({
        reference: `PD-KEPT-000${n}`,
        kind: n % 3 ? 'question' : 'breach',
        channel: n % 2 ? 'mail' : 'chat',
        answeredAt: at(`2026-06-${when}:00`),
        auditSeqs: [4 * n + 1, 4 * n + 3],
      }),
  ),
  row({ reference: 'PD-EDGE-0001', answeredAt: at('2026-06-22T18:00') }),
  row({ reference: 'PD-EDGE-0002', answeredAt: at('2026-06-22T18:05') }),
  row({
    reference: 'PD-MSSD-0001',
    answeredAt: at('2026-06-24T12:00'),
    extendedTo: at('2026-06-26T18:00'),
  }),
  row({ reference: 'PD-MSSD-0002' }),
  row({ reference: 'PD-CLSD-0001', closedAs: 'closed' }),
  row({ reference: 'PD-SPAM-0001', closedAs: 'spam' }),
  row({ reference: 'PD-PEN0-0001', promise: promised(at('2026-12-31T11:00')) }),
  row({
    reference: 'PD-FA1S-0001',
    promise: { ...promised(), dueAt: at('2026-06-29T18:00') },
    answeredAt: at('2026-06-26T10:00'),
  }),
];

async function seriousFaults(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: (root: Document) => Promise<AxeResults> } }).axe.run(
      document,
    ),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

describeInBrowser('the page of a proof', (open) => {
  let directory: string;
  let url: string;
  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'desk-proof-page-'));
    await writeProof({ proof: madeOf(ROWS), audit: LOG }, directory);
    url = pathToFileURL(path.join(directory, 'proof.html')).href;
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** Opens the page, and keeps what it asks for and complains of. */
  async function opened(context: Awaited<ReturnType<typeof open>>) {
    const page = await context.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
    return { page, complaints, asked };
  }

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [360, 'light'],
    [360, 'dark'],
  ] as const)(
    'has no fault at %i pixels in %s, and scrolls sideways nowhere',
    async (width, scheme) => {
      const { page } = await opened(await open({ width, height: 800, bypassCSP: true }));
      await page.emulateMedia({ colorScheme: scheme });
      expect(await seriousFaults(page)).toEqual([]);
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(ground).toBe(scheme === 'dark' ? 'rgb(12, 21, 22)' : 'rgb(243, 247, 248)');
    },
  );

  test('is styled under its own policy, asks for nothing else and needs no script', async () => {
    const { page, complaints, asked } = await opened(await open({ javaScriptEnabled: false }));
    expect(asked).toEqual([url]);
    expect(complaints).toEqual([]);
    const heading = page.getByRole('heading', { level: 1 });
    expect(await heading.textContent()).toBe('Promises of 1 January 2026 to 31 December 2026');
    const kept = page.locator('.bar-kept').first();
    expect(await kept.evaluate((bar) => getComputedStyle(bar).fill)).toBe('rgb(11, 85, 99)');
  });

  test('says in words what its picture shows, and heads its table', async () => {
    const { page } = await opened(await open());
    const picture = page.getByRole('img', {
      name: /Bar chart of 14 answers .* 3 of them too late/,
    });
    expect(await picture.count()).toBe(1);
    const table = page.getByRole('table', { name: /Promises in order of receipt/ });
    expect(await table.getByRole('columnheader').count()).toBe(13);
    expect(await table.getByRole('rowheader').count()).toBe(ROWS.length);
    const late = table.getByRole('row', { name: /PD-EDGE-0002/ });
    expect(await late.textContent()).toMatch(/missed/);
    await page.getByRole('region', { name: /Promises in order/ }).focus();
  });

  test('fits on A4 across', async () => {
    // 273 mm between the margins.
    const { page } = await opened(await open({ width: 1032, height: 700 }));
    await page.emulateMedia({ media: 'print' });
    const table = await page.locator('#every').evaluate((element) => element.scrollWidth);
    const main = await page.locator('main').evaluate((element) => element.clientWidth);
    expect(table).toBeLessThanOrEqual(main);
  });
});
