import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../bot/root';
import { openStore, type Store } from '../../models/store';
import { TEST_KEY } from '../support/product';
import {
  ASHA,
  EMAIL,
  ESCALATION,
  ID,
  MANAGER,
  NAME,
  REFERENCE,
  to,
  updateDesk,
  type UpdateDesk,
} from '../support/updateDesk';

let directory: string;
let store: Store;
let desk: UpdateDesk;

// As a running desk does, this process serves the store to the commands beside it.
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'desk-updates-'));
  store = await openStore({ directory, keys: [TEST_KEY] });
  desk = await updateDesk(store);
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
}

const key = `test:${TEST_KEY.secret.toString('base64')}`;

/** Runs the command, and gives what it wrote. */
function updates(...args: string[]): Promise<Ran> {
  const register = join(ROOT, 'test/support/swcRegister.cjs');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['-r', register, 'bot/commands/updates.ts', ...args],
      {
        cwd: ROOT,
        env: {
          ...{ PATH: process.env.PATH, DATA_DIR: directory, LOG_LEVEL: 'silent' },
          ...{ SECRET_KEY: key, DIRECT_LINE_SECRET: key },
          ...{ PRIVACY_MANAGER_EMAIL: MANAGER, ESCALATION_EMAIL: ESCALATION },
        },
      },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, out: `${stdout}${stderr}` });
      },
    );
  });
}

const signed = (by: string): string[] => ['--by', by, '--reason', 'She called, and it is she.'];

test('a request is listed, shown, refused to whoever may not, and approved beside the running desk', async () => {
  await desk.request([NAME]);
  const { id } = await desk.waiting();
  const short = id.slice(0, 8);

  const list = await updates('list');
  expect(list).toMatchObject({ code: 0 });
  expect(list.out).toContain(`${id}  Monday 23 November 2026`);
  expect(list.out).toContain('waits for a second person: name');
  expect(list.out).not.toContain('Asha');

  const shown = await updates('show', short);
  expect(shown.out).toContain('user name asha.rao');
  expect(shown.out).toMatch(/is now: Asha Rao\n {2}is to become: Asha Sen/);

  const stranger = await updates('approve', short, ...signed('rina@example.org'));
  expect(stranger.code).toBe(1);
  expect(stranger.out).toContain('none of those who may decide');
  const unknown = await updates('approve', '99999999', ...signed(MANAGER));
  expect(unknown.code).toBe(1);
  expect(unknown.out).toContain('There is no update request with that id.');

  const approved = await updates('approve', short, ...signed(MANAGER));
  expect(approved).toMatchObject({ code: 0 });
  expect(approved.out).toContain('is done: the record is changed');
  expect((await desk.asha()).name).toBe('Asha Sen');
  expect((await updates('list')).out).toBe('No update request waits for a person.\n');
  expect((await updates('list', '--all')).out).toContain('done: name');
});

test('two people let somebody in who has lost their mailbox', async () => {
  await desk.updates.askPerson({
    ...{ id: ID, claimed: 'somebody\u001b[2J', trouble: 'lost', email: String(EMAIL.after) },
    ...{ changes: [EMAIL], conversationReference: REFERENCE },
  });
  const shown = await updates('show', ID);
  expect(shown.out).toContain('Mailbox on file: they have lost it');
  expect(shown.out).not.toContain('\u001b');

  const nobody = await updates('vouch', ID, ...signed(MANAGER));
  expect(nobody.code).toBe(1);
  expect(nobody.out).toContain('There is no record for what they gave');
  const early = await updates('approve', ID, ...signed(ESCALATION));
  expect(early.code).toBe(1);
  expect(early.out).toContain('somebody has to vouch for it first');
  expect((await updates('vouch', ID, '--user', 'asha.rao', ...signed(MANAGER))).code).toBe(0);
  const same = await updates('approve', ID, ...signed(MANAGER));
  expect(same.code).toBe(1);
  expect(same.out).toContain('must be another than the first one');
  const approved = await updates('approve', ID, '--withhold-notice', ...signed(ESCALATION));
  expect(approved.code).toBe(0);
  expect((await desk.asha()).email).toBe(EMAIL.after);
  expect(await desk.actionsAbout(ID)).toContain('update.noticeWithheld');
  expect((await updates('show', ID)).out).toContain('The mailbox on file until then was not told.');
});

test('what was told by telephone is taken down, and refused by another', async () => {
  const bad = await updates(
    'propose',
    '--user',
    'asha.rao',
    '--set',
    'phone=soon',
    ...signed(MANAGER),
  );
  expect(bad.code).toBe(1);
  expect(bad.out).toContain('phone: I could not read a telephone number');
  const set = ['--set', 'phone=98310 67890', '--set', 'newsletter=off'];
  const proposed = await updates('propose', '--user', 'asha.rao', ...set, ...signed(MANAGER));
  expect(proposed.code).toBe(0);
  const { id, changes } = await desk.waiting();
  expect(proposed.out).toContain(`${id} is taken down.`);
  expect(changes).toEqual([to('phone', '+919831067890'), to('newsletter', false)]);
  const refused = await updates('refuse', id, ...signed(ESCALATION));
  expect(refused.code).toBe(0);
  expect(await desk.asha()).toEqual(ASHA);
});

test('a wrong call shows how it is used, and does nothing', async () => {
  const { code, out } = await updates('shred', ID);
  expect(code).toBe(1);
  expect(out).toContain('Usage: npm run -s updates -- list');
});
