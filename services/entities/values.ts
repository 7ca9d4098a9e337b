import type { RecordField } from '../../models/customerContent';
import { findChanges } from './changes';
import { findName } from './name';
import { findNoticing, tellsOfIncident } from './noticing';
import { findCaseReference } from './references';

/** What a single message tells for a record or a report, each value where it is told. */
export interface Values {
  readonly name?: string;
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  readonly mailingAddress?: string;
  readonly billingAddress?: string;
  readonly shippingAddress?: string;
  readonly newsletter?: boolean;
  /** `YYYY-MM-DD`, in the company's zone. */
  readonly noticedAt?: string;
  /** `PD-XXXX-XXXX`. */
  readonly caseReference?: string;
}

/** The names of the values, in the order in which they are shown. */
export const VALUE_KEYS = [
  'name',
  'email',
  'phone',
  'mailingAddress',
  'billingAddress',
  'shippingAddress',
  'newsletter',
  'noticedAt',
  'caseReference',
] as const satisfies readonly (keyof Values)[];

const KEYS: ReadonlySet<string> = new Set(VALUE_KEYS);
const isKey = (field: RecordField): field is RecordField & keyof Values => KEYS.has(field);

/**
 * What one message tells when nothing was asked before it: what the forms for changes, reports and cases read of it.
 * @param zone an IANA zone, in which dates are meant.
 */
export function valuesOf(text: string, now: Date, zone: string): Values {
  const changed = Object.fromEntries(
    findChanges(text).changes.flatMap(({ field, value }) =>
      isKey(field) && value !== undefined ? [[field, value]] : [],
    ),
  ) as Values;
  const name = changed.name ?? findName(text);
  const noticed = findNoticing(text, now, zone);
  const caseReference = findCaseReference(text);
  return {
    ...changed,
    ...(name === undefined ? {} : { name }),
    ...(noticed?.outcome === 'found' && tellsOfIncident(text, noticed.words)
      ? { noticedAt: noticed.date }
      : {}),
    ...(caseReference === undefined ? {} : { caseReference }),
  };
}
