import { Session, type Profiler } from 'node:inspector/promises';

/** Parts of the product by name, and what share of the processor time of its main thread each took. */
export type Shares = Readonly<Record<string, number>>;

const INTERVAL_US = 200;

/** Whose code a file is; the first that fits. Files of other packages count for whoever called them. */
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/services\/understanding\/|node_modules\/natural\//, 'understanding'],
  [/models\/embedded\/|node_modules\/(?:lmdb|mingo)\//, 'store: the embedded server'],
  [
    /models\/|node_modules\/(?:mongoose|mongodb|bson|mquery|mpath|kareem)\//,
    'store: records, sealing and driver',
  ],
  [
    /bot\/(?:directLine|jsonBody|httpErrors|server|log|metrics)|services\/(?:conversations|lanes)|node_modules\/(?:restify|find-my-way|ws|jsonwebtoken|jws|rate-limiter-flexible)\//,
    'channel',
  ],
  [/node_modules\/(?:botbuilder|botframework)/, 'Bot Framework'],
  [/dialogs\/|bot\/supportBot/, 'dialogs'],
  [/(?:services|bot)\//, 'services'],
];
const GARBAGE = 'Node.js: collecting garbage';
const NOBODY = 'Node.js: sockets, timers and other native code';

/** Starts a sampling profile of this thread; the returned function ends it and gives the shares. */
export async function startProfile(): Promise<() => Promise<Shares>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return sharesOf(profile);
  };
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Shares {
  const owners = ownersOf(nodes);
  const spent = new Map<string, number>();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const owner = owners.get(id);
    const delta = timeDeltas[index] ?? 0;
    if (owner === undefined) continue;
    spent.set(owner, (spent.get(owner) ?? 0) + delta);
    total += delta;
  }
  return Object.fromEntries(
    [...spent].sort(([, a], [, b]) => b - a).map(([owner, time]) => [owner, time / total]),
  );
}

/** The owner of each place of the profile: the innermost owned file on its stack; idling has none. */
function ownersOf(nodes: readonly Profiler.ProfileNode[]): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owners = new Map<number, string>();
  const visit = (node: Profiler.ProfileNode, callersOwner: string): void => {
    const { functionName, url } = node.callFrame;
    const fileOwner = OWNERS.find(([files]) => files.test(url))?.[1];
    const owner = functionName === '(garbage collector)' ? GARBAGE : (fileOwner ?? callersOwner);
    if (functionName !== '(idle)') owners.set(node.id, owner);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) visit(child, owner);
    }
  };
  const [root] = nodes;
  if (root) visit(root, NOBODY);
  return owners;
}
