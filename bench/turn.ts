import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Customer } from './customer';
import { serve, type Command, type Role, type Told } from './servers';

/*
 * `npm run bench`: processor time per turn of the whole product, as a ratio to a bare echo bot behind the same channel.
 *
 * Each server runs in a process of its own, over an embedded store of its own in files, and is measured by its own
 * processor time (user and system, all threads), so that this process, which plays the customers, is not counted. A turn
 * is from the POST of a message to the stored reply, its push over the conversation's socket and what is saved after it.
 * Both servers are sent the same messages, in rounds that alternate; the ratio is the median of the rounds' ratios.
 * Opening the conversations is not counted.
 */

const WARM_UP_ROUNDS = 6;
const ROUNDS = 9;
const CONVERSATIONS = 16;
/** After a round, time for what follows from its last turns; waiting takes next to no processor time. */
const SETTLE_MS = 500;

/** What customers say: some ask about the policy, some report. Below what the channel lets one customer say in a second. */
const TALKS: readonly ((customer: number) => readonly string[])[] = [
  () => [
    'do you sell my data to other companies?',
    'what can the technician see on my computer',
    'which cookies do you use',
    'how is my password stored?',
    'what is the weather in Kolkata',
    'how long does the privacy manager take to answer me',
    'thanks',
  ],
  (customer) => [
    'Someone logged into my account and changed my address',
    'yesterday evening',
    `customer${customer}@example.org`,
    'No, only me',
    'No',
    'Rina Sen, 98300 12345',
    'Send it',
  ],
];

class MeasuredServer {
  private customers = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(role: Role): Promise<MeasuredServer> {
    const child = fork(__filename, [role]);
    const [{ port = 0 }] = (await once(child, 'message')) as [Told];
    return new MeasuredServer(child, `http://127.0.0.1:${port}`);
  }

  /** Runs a round, and gives the processor time per turn, in microseconds. */
  async round(): Promise<number> {
    const talks = await Promise.all(
      Array.from({ length: CONVERSATIONS }, async () => {
        const number = (this.customers += 1);
        const sayings = TALKS[number % TALKS.length]?.(number) ?? [];
        return { customer: await Customer.open(this.url, number), sayings };
      }),
    );
    await pause(SETTLE_MS);
    const { cpu: before = 0 } = await this.ask('cpu');
    for (const { customer, sayings } of talks)
      for (const saying of sayings) await customer.say(saying);
    await pause(SETTLE_MS);
    const { cpu: after = 0 } = await this.ask('cpu');
    for (const { customer } of talks) customer.close();
    const turns = talks.reduce((sum, { sayings }) => sum + sayings.length, 0);
    return (after - before) / turns;
  }

  async ask(command: Command): Promise<Told> {
    const answer = once(this.child, 'message') as Promise<[Told]>;
    this.child.send(command);
    return (await answer)[0];
  }

  async close(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.send('close' satisfies Command);
    await exited;
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

async function measure(): Promise<void> {
  const product = await MeasuredServer.start('product');
  const echo = await MeasuredServer.start('echo');
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    await product.round();
    await echo.round();
  }
  const rounds: { product: number; echo: number }[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const measured = { product: await product.round(), echo: await echo.round() };
    rounds.push(measured);
    console.log(
      `round ${round}: product ${measured.product.toFixed(0)} µs a turn, echo ${measured.echo.toFixed(0)} µs, ratio ${(measured.product / measured.echo).toFixed(2)}`,
    );
  }
  await product.ask('startProfile');
  await product.round();
  const { shares = {} } = await product.ask('endProfile');
  await product.close();
  await echo.close();

  const ratio = median(rounds.map((each) => each.product / each.echo));
  console.log(`\nThe product takes ${ratio.toFixed(2)} times the processor time of the echo bot.`);
  console.log('\nWhere its main thread spends it (a profile of one more round):');
  for (const [owner, share] of Object.entries(shares))
    console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${owner}`);
  const result = {
    bench: 'turn',
    ratio: rounded(ratio),
    productUs: rounded(median(rounds.map((each) => each.product)), 0),
    echoUs: rounded(median(rounds.map((each) => each.echo)), 0),
    rounds: rounds.length,
    turnsPerRound: CONVERSATIONS * (TALKS[0]?.(0).length ?? 0),
    shares: Object.fromEntries(
      Object.entries(shares).map(([owner, share]) => [owner, rounded(share, 3)]),
    ),
    node: process.version,
    cpus: availableParallelism(),
  };
  console.log(JSON.stringify(result));
}

const [, , role] = process.argv;
const work = role === 'product' || role === 'echo' ? serve(role) : measure();
work.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
