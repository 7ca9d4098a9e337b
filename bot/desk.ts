import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../dialogs/desk';
import { loadGuidance, type Guidance } from '../services/guidance';
import { loadPolicy, type Policy } from '../services/policy';
import { createUnderstanding } from '../services/understanding';
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

/** Learns the utterances of `knowledge/`, which takes seconds. */
export const understandingOf = ({ passages }: Policy): Understanding =>
  createUnderstanding({ utterancesDirectory: join(ROOT, 'knowledge', 'utterances'), passages });

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
