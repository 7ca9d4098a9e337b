import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../dialogs/desk';
import { loadGuidance, type Guidance } from '../services/guidance';
import { loadPolicy, type Policy } from '../services/policy';
import type { UnderstandingOptions } from '../services/understanding';
import type { Log } from '../services/ports';
import { startUnderstanding } from '../services/understanding/thread';
import type { Understanding } from '../services/understanding/types';
import type { Config } from './config';
import { ROOT } from './root';

const knowledge = (file: string): string => readFileSync(join(ROOT, 'knowledge', file), 'utf8');

/** The safety steps, read from `knowledge/`. */
export const guidanceOf = (): Guidance => loadGuidance(knowledge('guidance.md'));

/** The policy, read from `knowledge/`. */
export const policyOf = (): Policy => loadPolicy(knowledge('policy.md'));

/** What the policy says of children under 13. */
export const wordsOnChildren = (): readonly string[] =>
  policyOf().passages.get('children.under13')?.text ?? [];

/** Where the understanding finds what it learns from, and keeps what it has learnt. */
export const understandingPlaces = ({
  passages,
}: Pick<Policy, 'passages'>): UnderstandingOptions => ({
  passages: new Map([...passages].map(([id, { sectionTitle }]) => [id, { sectionTitle }])),
  utterancesDirectory: join(ROOT, 'knowledge', 'utterances'),
  thresholdsFile: join(ROOT, 'knowledge', 'thresholds.json'),
  embeddingsFile: join(ROOT, 'knowledge', 'embeddings.bin'),
  cacheDirectory: join(ROOT, 'dist', 'understanding'),
});

/** Starts the understanding of the utterances of `knowledge/` in a thread: at once from the cache, or in seconds. */
export const understandingOf = (policy: Policy, log?: Log): Promise<Understanding> =>
  startUnderstanding({
    ...understandingPlaces(policy),
    workerFile: join(ROOT, 'dist', 'services', 'understanding', 'worker.js'),
    onReady({ encoder, fromCache }) {
      log?.info('understanding.ready', { state: fromCache ? 'read' : 'learnt' });
      if (!encoder) log?.warn('understanding.withoutEncoder');
    },
  });

/** What comes from the settings. */
type DeskSettings =
  'publicUrl' | 'zone' | 'privacyMailbox' | 'enquiryMailbox' | 'escalates' | 'phone';

/** What the dialogs may call on. */
export function deskOf(config: Config, parts: Omit<Desk, DeskSettings>): Desk {
  return {
    ...parts,
    publicUrl: config.publicUrl,
    zone: config.COMPANY_TIME_ZONE,
    privacyMailbox: config.PRIVACY_MAILBOX,
    enquiryMailbox: config.ENQUIRY_MAILBOX,
    escalates: config.ESCALATION_EMAIL !== undefined,
    ...(config.COMPANY_PHONE ? { phone: config.COMPANY_PHONE } : {}),
  };
}
