import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCustomers } from '../../bot/commands/customers';
import { ROOT } from '../../bot/root';
import { AuditRecords } from '../../models/auditEntries';
import { CustomerRecords } from '../../models/customers';
import { vaultOf } from '../../models/sealed';
import { openStore, type Store } from '../../models/store';
import { CustomerImport } from '../../services/records/customerImport';
import { readCustomerFile } from '../../services/records/customerFile';
import { Audit } from '../../services/audit';
import { auditKeys } from '../../bot/secrets';
import { TestClock, countedIds } from '../support/doubles';
import { customerOf, storeCustomers } from '../support/customers';
import { keptLog } from '../support/keptLog';
import { TEST_KEY } from '../support/product';
import { until } from '../support/until';

const HEAD = 'userName,name,email,phone,mailingAddress,newsletter';
const THREE = [
  HEAD,
  'asha.rao,Asha Rao,asha@example.com,98300 12345,"8 Lake Terrace\nKolkata 700029",yes',
  'ravi,Ravi Menon,ravi@example.com,,,no',
  'emma,Emma,,,,yes',
].join('\n');

let directory: string;
let store: Store;
let records: CustomerRecords;
let audit: Audit;
/** A second key, as after it was put in front. */
const NEW_KEY = { id: 'new', secret: Buffer.alloc(32, 8) };

// As a running desk does, this process serves the store to the commands beside it.
beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'desk-customers-'));
  store = await openStore({ directory, keys: [TEST_KEY] });
  records = new CustomerRecords(store);
  await records.ensureIndexes();
  const entries = new AuditRecords(store);
  await entries.ensureIndexes();
  audit = new Audit(entries, auditKeys([TEST_KEY]), new TestClock(new Date()), keptLog());
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** What the command prints, in this process. */
const customers = async (...args: string[]): Promise<string[]> => {
  const { lines, sound = true } = await runCustomers(args, async () => ({
    ...{ audit, records: { customers: records }, close: async () => undefined },
    newsletter: { linkOf: (id) => `https://desk.example.com/newsletter/${id}.x` },
  }));
  return sound ? [...lines] : ['not sound', ...lines];
};

const ringOf = (...keys: { id: string; secret: Buffer }[]): string =>
  keys.map(({ id, secret }) => `${id}:${secret.toString('base64')}`).join(',');

/** The command as a process of its own. */
function spawned(command: string, args: readonly string[], ring = ringOf(TEST_KEY)) {
  const register = path.join(ROOT, 'test/support/swcRegister.cjs');
  const child = spawn(process.execPath, ['-r', register, `bot/commands/${command}.ts`, ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      DATA_DIR: directory,
      SECRET_KEY: ring,
      DIRECT_LINE_SECRET: ringOf(TEST_KEY),
      LOG_LEVEL: 'silent',
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, printed }));
  return { child, ended };
}
const fileWith = (text: string | Buffer, name = 'customers.csv'): string => {
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
};
const actions = async (): Promise<unknown[]> => {
  const found: unknown[] = [];
  for await (const { action, by, facts } of audit.entries()) found.push({ action, by, facts });
  return found;
};

describe('npm run customers', () => {
  test('tries an import, makes it, tells of what is there already, and writes it all again', async () => {
    const file = fileWith(THREE);
    expect(await customers('import', file, '--dry-run')).toEqual([
      '3 customers can be imported. Nothing was changed.',
    ]);
    expect(await records.isEmpty()).toBe(true);

    expect(await customers('import', file)).toEqual(['3 customers imported.']);
    expect(await records.byEmail('asha@example.com')).toMatchObject({
      ...{ userName: 'asha.rao', phone: '+919830012345', newsletter: true, revision: 0 },
      mailingAddress: '8 Lake Terrace\nKolkata 700029',
    });

    const again = fileWith(`${HEAD}\nnew,,,,,\nRAVI,,ASHA@example.com,,,\n`, 'again.csv');
    const refusal = [
      'not sound',
      'line 3, userName: A customer in the store has it already.',
      'line 3, email: A customer in the store has it already.',
      'Nothing was imported.',
    ];
    expect(await customers('import', again, '--dry-run')).toEqual(refusal);
    expect(await customers('import', again)).toEqual(refusal);
    expect(await records.page(10)).toHaveLength(3);

    const out = path.join(directory, 'out', 'export.csv');
    expect((await customers('export', out))[0]).toContain('3 customers written to');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const [printed] = await customers('export');
    expect(`${printed!}\r\n`).toBe(readFileSync(out, 'utf8'));

    const before = await records.page(10);
    await store.connection.collection('customers').deleteMany({});
    expect(await customers('import', out)).toEqual(['3 customers imported.']);
    const known = (each: object) => ({ ...each, id: '' });
    const after = await records.page(10);
    expect(new Set(after.map(known))).toEqual(new Set(before.map(known)));
    expect(await actions()).toEqual([
      { action: 'record.imported', by: 'operator', facts: { count: 3 } },
      { action: 'record.exported', by: 'operator', facts: { count: 3, what: 'export' } },
      { action: 'record.exported', by: 'operator', facts: { count: 3, what: 'export' } },
      { action: 'record.imported', by: 'operator', facts: { count: 3 } },
    ]);
  });

  test('exports nobody as the names of the columns', async () => {
    const [printed] = await customers('export');
    expect(printed).toBe(
      'userName,name,email,phone,mailingAddress,shippingAddress,billingAddress,newsletter,marketingEmail,marketingPhone,marketingPost,cardBrand,cardLast4',
    );
  });

  test('lists subscribers with their way out, and nobody else', async () => {
    const asha = customerOf({ email: '=asha@example.com', name: 'Asha, Rao', newsletter: true });
    await storeCustomers(
      records,
      asha,
      customerOf({ email: 'ravi@example.com' }),
      customerOf({ newsletter: true }),
    );
    const [printed] = await customers('subscribers');
    expect(printed!.split('\r\n')).toEqual([
      'email,name,unsubscribeUrl',
      `'=asha@example.com,"Asha, Rao",https://desk.example.com/newsletter/${asha.id}.x`,
    ]);
    expect(await actions()).toMatchObject([{ facts: { count: 1, what: 'subscribers' } }]);
  });

  test('shows fifty faults, and counts the others', async () => {
    const rows = Array.from({ length: 70 }, (_, n) => `u${n},no address`).join('\n');
    const [sound, ...lines] = await customers('import', fileWith(`userName,email\n${rows}\n`));
    expect(sound).toBe('not sound');
    expect(lines).toHaveLength(52);
    expect(lines[49]).toMatch(/^line 51, email: /);
    expect(lines.slice(50)).toEqual(['and 20 more', 'Nothing was imported.']);
    expect(await store.connection.collection('customers').countDocuments()).toBe(0);
  });

  test.each([
    ['nothing', [], 'Usage: npm run -s customers'],
    ['an unknown word', ['burn'], 'Usage:'],
    ['no file', ['import'], 'Usage:'],
    ['two files', ['import', 'a', 'b'], 'Usage:'],
    ['a dry run of an export', ['export', '--dry-run'], 'Usage:'],
    ['an unknown option', ['import', 'a', '--force'], 'Usage:'],
    ['a file that is not there', ['import', '/nowhere/x.csv'], 'cannot be found'],
    ['a folder', ['import', tmpdir()], 'is a folder'],
    ['a place where nothing can be written', ['export', '/dev/null/x.csv'], 'cannot be written'],
  ])('refuses %s in words', async (_what, args, words) => {
    const refused = expect(customers(...args)).rejects;
    await refused.toMatchObject({ name: 'ProductError', code: 'BadArgument' });
    await expect(customers(...args)).rejects.toThrow(words);
  });

  test('takes thousands beside a running desk, also after it was killed, and nobody sees a part of them', async () => {
    const rows = Array.from(
      { length: 4_000 },
      (_, n) =>
        `u${n},Asha Rao,u${n}@example.com,98300 12345,"${n} Lake Terrace\nKolkata 700029",yes`,
    );
    const file = fileWith([HEAD, ...rows].join('\n'));
    const collection = store.connection.collection('customers');
    const killed = spawned('customers', ['import', file]);
    await until(
      'some to be stored',
      async () => (await collection.countDocuments()) > 1000,
      30_000,
    );
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await records.isEmpty()).toBe(true);

    const seen = new Set<number>();
    const importing = spawned('customers', ['import', file]);
    await until(
      'all of them',
      async () => {
        seen.add(await collection.countDocuments({ staged: { $exists: false } }));
        return importing.child.exitCode !== null;
      },
      60_000,
    );
    expect(await importing.ended).toEqual({ code: 0, printed: '4000 customers imported.\n' });
    expect([...seen].filter((count) => count !== 0 && count !== 4_000)).toEqual([]);
    expect(await records.byEmail('U3999@example.com')).toMatchObject({ userName: 'u3999' });
  }, 90_000);
});

describe('an import', () => {
  const rowsOf = (text: string) => {
    const file = readCustomerFile(Buffer.from(text));
    if (file.outcome !== 'read') throw new Error('The file is faulty.');
    return file.rows;
  };
  const NOW = new Date('2026-11-23T04:30:00Z');
  const importing = () => new CustomerImport(records, audit, new TestClock(NOW), countedIds());

  test('clears up behind one that was cut short an hour before, and not behind one that may still run', async () => {
    const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 60 * 60 * 1000);
    await records.stage('cut short', hoursAgo(1.1), [customerOf(), customerOf()]);
    await records.stage('running', hoursAgo(0.9), [customerOf()]);
    await importing().run(rowsOf('userName\nasha\n'), () => undefined);
    const kept = await store.connection.collection('customers').find().toArray();
    expect(kept.map(({ staged }) => staged as unknown).sort()).toEqual(['running', undefined]);
  });

  test('of what was taken while it ran leaves nothing', async () => {
    const outcome = await importing().run(rowsOf(THREE), () =>
      storeCustomers(records, customerOf({ userName: 'Ravi' })),
    );
    expect(outcome).toMatchObject({ outcome: 'faulty', faults: [{ line: 4, column: 'userName' }] });
    expect(await records.page(5)).toHaveLength(1);
    expect(await store.connection.collection('customers').countDocuments()).toBe(1);
    expect(await actions()).toEqual([]);
  });

  test('that fails leaves nothing', async () => {
    const failing = importing().run(rowsOf(THREE), () => {
      throw new Error('The disk is full.');
    });
    await expect(failing).rejects.toThrow('The disk is full.');
    expect(await store.connection.collection('customers').countDocuments()).toBe(0);
  });
});

describe('npm run keys', () => {
  test('moves everything to the first key beside a running desk, and lists what each has sealed', async () => {
    await storeCustomers(records, customerOf({ userName: 'asha', email: 'asha@example.com' }));
    const rotated = await spawned('keys', ['rotate'], ringOf(NEW_KEY, TEST_KEY)).ended;
    expect(rotated.code).toBe(0);
    expect(rotated.printed).toContain('1 sealed value moved to the first key.');
    expect(rotated.printed).toContain('new  seals and opens  1 sealed value');
    expect(rotated.printed).toContain('test  opens only  0 sealed values');
    const after = new CustomerRecords({ ...store, vault: vaultOf([NEW_KEY]) });
    expect(await after.byEmail('asha@example.com')).toMatchObject({ userName: 'asha' });
    const [listed, misused] = await Promise.all([
      spawned('keys', ['list']).ended,
      spawned('keys', ['burn']).ended,
    ]);
    expect(listed).toMatchObject({ code: 0 });
    expect(listed.printed).toContain('new  is missing  1 sealed value');
    expect(misused).toMatchObject({ code: 1 });
    expect(misused.printed).toMatch(/^Usage: npm run -s keys/);
  });
});
