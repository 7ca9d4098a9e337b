import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import type { CaseToOpen } from '../../services/cases';
import { faultsOf, sidewaysScroll } from '../support/axe';
import { describeInBrowser } from '../support/browser';
import { ConsoleDesk, type StaffAccount } from '../support/consoleDesk';
import { ConsoleWindow } from '../support/consoleWindow';
import { customerOf, storeCustomers } from '../support/customers';
import { lastCode, lastMail } from '../support/sentMails';
import { until } from '../support/until';

const HOSTILE = '<img src=x onerror="document.title=1">';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 640, height: 400 },
  { width: 360, height: 740 },
] as const;

describeInBrowser('cases at the console', (open) => {
  const desk = freshDesk();

  test('are answered with a preview, and once though the acknowledgement was lost', async () => {
    const { reference, email } = await openCase(desk());
    const manager = await desk().account('Mira Nair', 'privacyManager');
    const console = await ConsoleWindow.of(await open(), desk(), manager, '#/cases');
    await console.page.getByRole('link', { name: reference }).waitFor();
    await console.page.keyboard.press('j');
    await console.page.keyboard.press('Enter');
    await console.heading(`Case ${reference}`).waitFor();
    await console.page.getByText(`They got in. ${HOSTILE}`).waitFor();

    await console.button('Answer').click();
    await console.page.getByLabel('Answer to the customer').fill('We have shut them out.');
    await console.button('Preview…').click();
    await console.dialog.getByText(`By mail to ${email}`).waitFor();
    await console.dialog.getByText('Sending it stops the clock').waitFor();
    let lost = false;
    await console.page.route('**/answer', async (route) => {
      if (lost) return route.continue();
      lost = true;
      await route.fetch();
      return route.abort();
    });
    await console.button('Send the answer').click();
    await console.page.getByText('can’t be reached just now').first().waitFor();
    await console.button('Go on writing').click();
    await console.button('Preview…').click();
    await console.button('Send the answer').click();
    await console.page.getByText('That was done before.').waitFor();

    expect((await lastMail(desk().product, email, /shut them out/)).subject).toContain(reference);
    const found = await caseRecords(desk()).byReference(reference);
    expect(found?.rounds[0]?.answers.map(({ text, by }) => [text, by])).toEqual([
      ['We have shut them out.', manager.email],
    ]);
  });

  test('are extended, noted, closed and reopened, and every deed stands in the history', async () => {
    const { reference } = await openCase(desk());
    const manager = await desk().account('Deed Doer', 'supervisor');
    const console = await ConsoleWindow.of(await open(), desk(), manager, `#/cases/${reference}`);
    const { page } = console;
    await console.button('Note').click();
    await page.getByLabel('Note', { exact: true }).fill('Called the warehouse.');
    await console.button('Keep the note').click();
    await page.getByText('Your note is kept').waitFor();

    await console.button('Extend').click();
    await console.button('Promise the later date').click();
    await page.getByText('Please give the date').waitFor();
    const date = page.getByLabel('Answer by');
    expect(await date.evaluate((element) => element === document.activeElement)).toBe(true);
    await date.fill('2026-12-04');
    await page.getByLabel('Reason').fill('The warehouse is closed.');
    await console.button('Promise the later date').click();
    await page.getByText('The answer is due later now.').waitFor();

    await console.button('Close').click();
    await page.getByLabel('Reason').fill('They took it back.');
    await console.button('Close the case').click();
    await page.getByText('The case is closed.').waitFor();
    await console.button('Reopen').click();
    await page.getByLabel('Reason').fill('They wrote again.');
    await console.button('Open it again').click();
    await page.getByText('The case is open again').waitFor();
    await page.locator('.case-history .reopened').waitFor();
    const titles = await page.locator('.case-history .badge').allInnerTexts();
    expect(titles).toEqual(['Report', 'Note for staff', 'Extension', 'Closed', 'Reopened']);
  });

  test('keep their filters in the address, and in the way back', async () => {
    const { reference } = await openCase(desk(), { kind: 'complaint' });
    const manager = await desk().account('Fil Ter', 'supervisor');
    const console = await ConsoleWindow.of(await open(), desk(), manager, '#/cases');
    await console.page.getByLabel('Kind').selectOption('complaint');
    await console.page.getByLabel('Reference or words').fill(reference);
    await until('the address to have it', () => console.page.url().includes(`text=${reference}`));
    await console.page.getByRole('link', { name: reference }).click();
    await console.heading(`Case ${reference}`).waitFor();
    await console.page.getByRole('link', { name: 'All cases' }).click();
    await console.page.getByText('1 case', { exact: true }).waitFor();
    expect(console.page.url()).toContain(`kind=complaint&text=${reference}`);
  });

  test('are gone for whoever is named in them', async () => {
    const { reference } = await openCase(desk(), { aboutStaff: 'staff' });
    const named = await desk().account('Nam Ed', 'supervisor');
    const manager = await desk().account('Nam Er', 'privacyManager');
    const theirs = await ConsoleWindow.of(await open(), desk(), named, `#/cases/${reference}`);
    await theirs.heading(`Case ${reference}`).waitFor();
    const console = await ConsoleWindow.of(await open(), desk(), manager, `#/cases/${reference}`);
    await console.button('Name staff').click();
    await console.page.getByLabel('Nam Ed').check();
    await console.button('Save who is named').click();
    await console.page.getByText('They see neither the case').waitFor();
    await theirs.page.reload();
    await theirs.page.getByText('There is no such case.').waitFor();
  });
});

describeInBrowser('update requests at the console', (open) => {
  const desk = freshDesk();

  test('are approved by a second person, never by the first', async () => {
    const first = await desk().account('First Person', 'supervisor');
    const second = await desk().account('Second Person', 'privacyManager');
    const { userName, id } = await proposed(desk(), first);
    const mine = await ConsoleWindow.of(await open(), desk(), first, '#/updates');
    await mine.page.getByRole('link', { name: 'Name' }).click();
    await mine.page.getByText('somebody else has to decide').waitFor();
    expect(await mine.button('Approve…').count()).toBe(0);

    const console = await ConsoleWindow.of(await open(), desk(), second, '#/updates');
    await console.page.getByRole('row', { name: userName }).getByRole('link').click();
    await console.page.getByRole('group', { name: 'Name' }).getByText('Asha Sen').waitFor();
    await console.button('Approve…').click();
    await console.button('Approve').click();
    await console.page.getByText('Please give a reason').waitFor();
    await console.page.getByLabel('Reason').fill('I called her back.');
    await console.button('Approve').click();
    await console.page.getByText('Done: the record is changed').waitFor();
    const { customers } = desk().product.product.office.records;
    expect((await customers.byId(id))?.name).toBe('Asha Sen');
    await mine.page.getByText('does not wait any more').waitFor();
  });
});

describeInBrowser('a telephone call at the console', (open) => {
  const desk = freshDesk();

  test('answers, proves, changes and ends in a case', async () => {
    const { email, userName, id } = await customer(desk());
    const agent = await desk().account('Asha Bose', 'agent');
    const console = await ConsoleWindow.of(await open(), desk(), agent, '#/call/new');
    const { page } = console;
    await console.button('Begin').click();
    await page.getByLabel('What the caller asks').fill('Do you sell my data?');
    await page.keyboard.press('Enter');
    await page.locator('blockquote', { hasText: 'does not sell or rent' }).waitFor();

    await page.getByLabel('E-mail address or user name').fill(email);
    await console.button('Send a code').click();
    await page.getByText('Please read me the code.').waitFor();
    const code = await lastCode(desk().product, email);
    await page.getByLabel('Code that the caller reads out').fill('000000');
    await console.button('Check the code').click();
    await page.getByText('That is not the code.').waitFor();
    await page.getByLabel('Code that the caller reads out').fill(code);
    await console.button('Check the code').click();
    await page.getByText('✓ Mailbox proved').waitFor();

    await page.getByLabel('Telephone number').fill('+91 98310 67890');
    await page.getByRole('textbox', { name: 'Billing address' }).fill('12 Park Street\nKolkata');
    await console.button('Change the record').click();
    await page.getByText('Waits for a second person, who is told: billing address').waitFor();
    const { customers } = desk().product.product.office.records;
    expect((await customers.byId(id))?.phone).toBe('+919831067890');

    await page.getByLabel('What it is').selectOption('breach');
    await page.getByLabel('What happened').fill(`They read my mail. ${HOSTILE}`);
    await page.getByLabel('They give no address').check();
    await console.button('Open the case').click();
    const reference = await page.locator('.read-out strong').first().innerText();
    await page.getByText('Your PIN').waitFor();
    await console.button('End the call').click();
    await page.getByText('The call is ended.').waitFor();
    const found = await caseRecords(desk()).byReference(reference);
    expect(found?.channel).toBe('phone');
    expect(found?.report.record?.userName).toBe(userName);
  });

  test('is stopped at once by the owner of the mailbox', async () => {
    const { email } = await customer(desk());
    const agent = await desk().account('Rina Das', 'agent');
    const console = await ConsoleWindow.of(await open(), desk(), agent, '#/call/new');
    await console.button('Begin').click();
    await console.page.getByLabel('E-mail address or user name').fill(email);
    await console.button('Send a code').click();
    const { text } = await lastMail(desk().product, email, /I did not call/);
    const link = /https?:\S+\/link\/\S+/.exec(text)?.[0] ?? '';
    const owner = await (await open()).newPage();
    await owner.goto(link);
    await owner.getByRole('button', { name: 'I did not call' }).click();
    await console.page.getByRole('alert').getByText('they did not call').waitFor();
    expect(await console.button('Check the code').count()).toBe(0);
  });
});

describeInBrowser('accounts, mails and replies at the console', (open) => {
  const desk = freshDesk();

  test('an administrator invites, changes roles and disables', async () => {
    const administrator = await desk().account('Admin Istrator', 'administrator');
    await desk().account('Old Hand', 'agent');
    const console = await ConsoleWindow.of(await open(), desk(), administrator, '#/accounts');
    const { dialog, page } = console;
    await console.button('Invite somebody…').click();
    await console.button('Send the invitation').click();
    await dialog.getByText('Please choose at least one role.').waitFor();
    await dialog.getByLabel('E-mail address').fill('new.hand@staff.example');
    await dialog.getByLabel('Name').fill('New Hand');
    await dialog.getByLabel('Agent').check();
    await console.button('Send the invitation').click();
    await page.getByText('The invitation is on its way.').waitFor();
    await page.getByRole('row', { name: 'New Hand' }).getByText('Invited').waitFor();
    await lastMail(desk().product, 'new.hand@staff.example', /console#invite=/);

    await console.button('Disable… (Old Hand)').click();
    await console.button('Disable').click();
    await page.getByRole('row', { name: 'Old Hand' }).getByText('Disabled').waitFor();
  });

  test('somebody whose roles need a second factor sees nothing else until it is set up', async () => {
    const account = await desk().accountWith('Raised Up', ['supervisor'], false);
    const console = await ConsoleWindow.open(await open(), desk().url, '#/cases');
    await console.signIn(account);
    await console.heading('Set up your second factor').waitFor();
    await console.button('Set up').click();
    await console.page.locator('.secret').waitFor();
    const totpSecret = (await console.page.locator('.secret').innerText()).replace(/\s/g, '');
    await console.page.getByLabel('Code').fill(desk().codeOf({ ...account, totpSecret }) ?? '');
    await console.button('Confirm').click();
    await console.page.getByText('Your second factor is set up.').waitFor();
    await console.page.getByRole('link', { name: 'Cases' }).click();
    await console.heading('Cases').waitFor();
  });

  test('a mail is let through as a case, and leaves the list', async () => {
    await waitingMail(desk());
    const manager = await desk().account('Mail Reader', 'privacyManager');
    const console = await ConsoleWindow.of(await open(), desk(), manager, '#/mails');
    await console.page.getByRole('link', { name: 'machine@example.org' }).click();
    await console.page.getByText(`A machine writes. ${HOSTILE}`).waitFor();
    await console.button('Let through as a case…').click();
    await console.button('Make a case').click();
    await console.page.getByText('No mail waits').waitFor();
    await desk().product.product.sweep();
    await console.page.getByRole('link', { name: 'Cases' }).click();
    await console.page.getByText('1 case', { exact: true }).waitFor();
  });

  test('a canned reply is written, and removed', async () => {
    const supervisor = await desk().account('Reply Writer', 'supervisor');
    const console = await ConsoleWindow.of(await open(), desk(), supervisor, '#/replies');
    await console.button('New reply…').click();
    await console.dialog.getByLabel('Title').fill('Thanks');
    await console.dialog.getByLabel('Text').fill('Thank you, {customer}.');
    await console.button('Save').click();
    await console.heading('Thanks').waitFor();
    await console.button('Remove… (Thanks)').click();
    await console.button('Remove').click();
    await console.heading('Thanks').waitFor({ state: 'detached' });
  });
});

describeInBrowser('every view of the console, for everybody', (open) => {
  const desk = freshDesk();
  let shown: readonly (readonly [path: string, heading: string])[];
  beforeAll(async () => {
    const first = await desk().account('First Person', 'supervisor');
    const { reference } = await openCase(desk());
    const { requestId } = await proposed(desk(), first);
    const mailId = await waitingMail(desk());
    shown = [
      ['updates', 'Update requests'],
      [`updates/${requestId}`, 'Name'],
      ['cases', 'Cases'],
      [`cases/${reference}`, `Case ${reference}`],
      ['mails', 'Mails that wait'],
      [`mails/${mailId}`, 'Mail: News'],
      ['promises', 'Promises'],
      ['call/new', 'Telephone'],
      ['replies', 'Canned replies'],
      ['accounts', 'Accounts'],
      ['me', 'My account'],
    ];
  });

  /** Goes through every view, with somebody who may see all. */
  async function through(
    context: BrowserContext,
    look: (page: Page, path: string) => Promise<void>,
  ): Promise<void> {
    const roles = ['supervisor', 'privacyManager', 'administrator'] as const;
    const account = await desk().account(`Every ${randomUUID().slice(0, 4)}`, ...roles);
    const { page } = await ConsoleWindow.of(context, desk(), account, '#/queue');
    for (const [path, heading] of shown) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${path}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.locator('main :is(.card, .table)').first().waitFor();
      await look(page, path);
    }
    await page.goto(`${desk().url}/console#/call/new`);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Nobody is proved').waitFor();
    await look(page, 'call');
  }

  test.each(SIZES)('has no fault that axe finds, and fits, at %j', async (size) => {
    const faults: string[] = [];
    await through(await open({ ...size, bypassCSP: true }), async (page, path) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        faults.push(...(await faultsOf(page)).map((fault) => `${path}, ${colorScheme}: ${fault}`));
      }
      if (await isTooWide(page)) faults.push(`${path}: too wide`);
    });
    expect(faults).toEqual([]);
  });

  test('has no fault in its forms and dialogs', async () => {
    const roles = ['supervisor', 'administrator'] as const;
    const account = await desk().account('Form Filler', ...roles);
    const context = await open({ width: 360, height: 740, bypassCSP: true });
    const { page, dialog } = await ConsoleWindow.of(context, desk(), account, '#/queue');
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const expectSound = async (): Promise<void> => {
      expect(await faultsOf(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    };
    await page.goto(`${desk().url}/console#/${shown[3]?.[0] ?? ''}`);
    for (const [deed, send] of [
      ['Note', 'Keep the note'],
      ['Extend', 'Promise the later date'],
      ['Close', 'Close the case'],
      ['Name staff', undefined],
      ['Answer', 'Preview…'],
    ] as const) {
      await press(deed);
      if (send !== undefined) await press(send);
      await expectSound();
    }
    await page.getByLabel('Answer to the customer').fill('word '.repeat(200));
    await press('Preview…');
    await dialog.waitFor();
    await expectSound();
    await page.goto(`${desk().url}/console#/accounts`);
    await press('Invite somebody…');
    await press('Send the invitation');
    await expectSound();
  });

  test('breaks no content policy, and shows foreign words as text', async () => {
    const context = await open();
    const complaints: string[] = [];
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await through(context, async (page) => {
      expect(await page.locator('main img').count()).toBe(0);
    });
    expect(complaints).toEqual([]);
  });
});

/** A desk of its own for each group of tests. */
function freshDesk(): () => ConsoleDesk {
  let desk: ConsoleDesk | undefined;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(async () => {
    await desk?.close();
  });
  return () => {
    if (!desk) throw new Error('The desk does not run yet.');
    return desk;
  };
}

/** Whether the page or its content has to be scrolled sideways. */
const isTooWide = async (page: Page): Promise<boolean> =>
  (await sidewaysScroll(page)) > 0 ||
  (await page.locator('main').evaluate((main) => main.scrollWidth > main.clientWidth));

const caseRecords = (desk: ConsoleDesk) => desk.product.product.office.records.cases;

async function openCase(desk: ConsoleDesk, changes: Partial<CaseToOpen> = {}) {
  const email = `rina.${randomUUID().slice(0, 8)}@example.org`;
  const { reference } = await desk.product.product.office.cases.open({
    ...{ id: randomUUID(), kind: 'breach', urgency: 'high', aboutStaff: 'no', confirmed: true },
    ...{ channel: 'mail', receivedAt: desk.clock.now() },
    report: { whatHappened: `They got in. ${HOSTILE}`, email, name: `Rina ${HOSTILE}` },
    ...changes,
  });
  return { reference, email };
}

async function customer(desk: ConsoleDesk) {
  const userName = `asha.${randomUUID().slice(0, 8)}`;
  const stored = customerOf({
    ...{ userName, email: `${userName}@example.com`, name: 'Asha Rao', phone: '+919830012345' },
    mailingAddress: '8 Lake Terrace\nKolkata 700029',
  });
  await storeCustomers(desk.product.product.office.records.customers, stored);
  return { id: stored.id, userName, email: `${userName}@example.com` };
}

/** A change that a first person stands behind. */
async function proposed(desk: ConsoleDesk, by: StaffAccount) {
  const { userName, id } = await customer(desk);
  const answer = await desk.product.product.office.updates.propose({
    ...{ userName, changes: { name: 'Asha Sen' } },
    deed: { at: desk.clock.now(), by: by.email, reason: `She called. ${HOSTILE}` },
  });
  if (answer.outcome !== 'proposed') throw new Error(answer.outcome);
  return { userName, id, requestId: answer.request.id };
}

/** A mail of a machine, which a person has to look at. */
async function waitingMail(desk: ConsoleDesk): Promise<string> {
  const raw = [
    'From: machine@example.org',
    'To: info@comantra.net',
    `Subject: News ${HOSTILE}`,
    `Message-ID: <${randomUUID()}@example.org>`,
    'Auto-Submitted: auto-generated',
    '',
    `A machine writes. ${HOSTILE}`,
  ].join('\r\n');
  const { product } = desk.product;
  await product.intake.take({
    ...{ raw: Buffer.from(raw), door: 'smtp', receivedAt: desk.clock.now() },
    envelope: { from: 'machine@example.org', to: ['info@comantra.net'] },
  });
  return until('the mail to wait', async () => {
    await product.sweep();
    return (await product.office.records.inbound.list(['quarantined'], 10))[0]?.id;
  });
}
