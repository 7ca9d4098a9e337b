import type { Case, CaseKind, CaseRecords, CaseState, Urgency } from '../models/cases';
import { dueOf, roundOf } from './caseRounds';
import { leftInWords, standingOf, type CaseStanding } from './caseTime';
import { ProductError } from './errors';
import type { Clock } from './ports';
import type { PromiseTerms } from './promise';

export type { CaseStanding } from './caseTime';

/** Which cases to show; without a state those that are open, the late ones among them. */
export interface BoardFilter {
  readonly state?: CaseState | 'all';
  readonly kind?: CaseKind;
  readonly urgency?: Urgency;
  /** Words that all stand in the case: its reference, what was told, and by whom. */
  readonly text?: string;
}

/** A case of the list. */
export interface CaseRow {
  readonly case: Case;
  readonly standing: CaseStanding;
  /** When its answer is due, or was: the promised date, or a later one that it was extended to. */
  readonly dueAt: Date;
  /** The time left, in business terms. */
  readonly left: string;
  readonly extended: boolean;
}

const PAGE = 200;
const MOST_ROWS = 200;
const MOST_LOOKED_AT = 2_000;
const MOST_WORDS = 10;

/** Lists cases by the time that is left for them. */
export class CaseBoard {
  constructor(
    private readonly parts: {
      readonly records: Pick<CaseRecords, 'board'>;
      readonly terms: Pick<PromiseTerms, 'calendar' | 'calendarOf'>;
      readonly clock: Clock;
    },
  ) {}

  /**
   * Open cases, those soonest due first; others, those latest due first. At most 200, of the first 2,000.
   * @param among those of some cases that whoever asks may see.
   */
  async list(
    { state = 'open', kind, urgency, text = '' }: BoardFilter,
    among: (cases: readonly Case[]) => Promise<readonly Case[]>,
  ): Promise<{ readonly rows: readonly CaseRow[]; readonly more: boolean }> {
    const filter = {
      ...(state === 'all' ? {} : { state }),
      ...(kind ? { kind } : {}),
      ...(urgency ? { urgency } : {}),
    };
    const words = comparable(text).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
    const seen: Case[] = [];
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
      const page = await this.parts.records.board(filter, state === 'open', PAGE, looked);
      // What may not be seen must not be found either: the words are looked for in the rest alone.
      const visible = await among(page.cases);
      seen.push(...visible.filter((each) => hasWords(each, words)));
      if (page.last || seen.length > MOST_ROWS)
        return { rows: await this.rows(seen), more: seen.length > MOST_ROWS };
    }
    return { rows: await this.rows(seen), more: true };
  }

  /** How one case stands now. */
  async row(about: Case): Promise<CaseRow> {
    const { clock, terms } = this.parts;
    const now = clock.now();
    const round = roundOf(about);
    // A calendar that is lost must not hide the case.
    const calendar = await terms.calendarOf(round.promise).catch((error: unknown) => {
      if (error instanceof ProductError) return terms.calendar;
      throw error;
    });
    return {
      case: about,
      standing: standingOf(about, now),
      dueAt: dueOf(round),
      left: leftInWords(about, calendar, now),
      extended: round.extensions.length > 0,
    };
  }

  private rows(cases: readonly Case[]): Promise<CaseRow[]> {
    return Promise.all(cases.slice(0, MOST_ROWS).map((each) => this.row(each)));
  }
}

function hasWords(about: Case, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { reference, report, origin, followUps } = about;
  const { whatHappened, name = '', email = '', phone = '', record } = report;
  const text = comparable(
    [
      ...[reference, whatHappened, name, email, phone, record?.userName ?? ''],
      ...[origin?.subject ?? '', ...followUps.map((followUp) => followUp.text)],
    ].join('\n'),
  );
  return words.every((word) => text.includes(word));
}

const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();
