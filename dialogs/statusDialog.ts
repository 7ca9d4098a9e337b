import type { TurnContext } from 'botbuilder';
import type { Case } from '../services/cases';
import { dueInWords } from '../services/businessDays';
import { dueOf, isOpen, roundOf } from '../services/caseRounds';
import { handledBy, KIND_WORDS } from '../services/caseWords';
import { findCaseReference, findEmail, findPin } from '../services/entities';
import { triage } from '../services/triage';
import type { Understood } from '../services/understanding/types';
import { plainAside } from './asides';
import type { Desk } from './desk';
import { FormDialog, type Aside, type Between, type Question, type Step } from './formDialog';
import { REPORT_DIALOG, type ReportOptions } from './report/options';
import { saidAt } from './words';
import { suggesting } from './messages';
import { MENU, report, status as words } from './wording';

export const STATUS_DIALOG = 'status';

/** What is known of the case that the customer asks about; plain JSON, since it is kept as dialog state. */
interface Search {
  readonly reference?: string;
  /** The e-mail address or PIN that the case was opened with. */
  readonly proof?: string;
}

export interface StatusOptions {
  /** What the customer said; may hold the reference already. */
  readonly text: string;
}

/** Tells how a case stands to whoever has its reference and the e-mail address or PIN it was opened with. */
export class StatusDialog extends FormDialog<Search, StatusOptions> {
  constructor(desk: Desk) {
    super(STATUS_DIALOG, desk);
  }

  protected async begin(_context: TurnContext, { text }: StatusOptions): Promise<Search> {
    return searchIn({}, text);
  }

  protected override isComplete({ reference, proof }: Search): boolean {
    return reference !== undefined && proof !== undefined;
  }

  protected question({ reference }: Search): Question {
    return { text: reference ? words.proof : words.reference, choices: [] };
  }

  protected takesAnyWords(): boolean {
    return false;
  }

  protected async take(
    context: TurnContext,
    search: Search,
    text: string,
    understood: Understood,
  ): Promise<Step<Search>> {
    const found = searchIn(search, text);
    if (this.isComplete(found)) return { outcome: 'complete', state: found };
    if (found.reference !== search.reference) return { outcome: 'taken', state: found };
    if (understood.intent === 'report_security' || triage(text).urgency !== 'normal') {
      const options: ReportOptions = {
        text,
        at: saidAt(context, this.desk.clock),
        question: false,
      };
      return { outcome: 'leave', dialog: REPORT_DIALOG, options };
    }
    return {
      outcome: 'unclear',
      say: search.reference ? words.proofUnclear : words.referenceUnclear,
    };
  }

  protected async settled(_context: TurnContext, search: Search): Promise<Search> {
    return search;
  }

  protected async finish(context: TurnContext, search: Search): Promise<Search | undefined> {
    const { reference = '', proof = '' } = search;
    const { id } = context.activity.conversation;
    const check = await this.desk.caseChecks.check(id, reference, proof);
    switch (check.outcome) {
      case 'found':
        await this.tell(context, check.case);
        return undefined;
      case 'throttled':
        await context.sendActivity(words.throttled[check.by]);
        return undefined;
      case 'notFound':
        await context.sendActivity(words.notFound);
        return { reference };
    }
  }

  protected async cancel(context: TurnContext): Promise<void> {
    await context.sendActivity(suggesting(words.cancelled, Object.values(MENU)));
  }

  protected async aside(
    context: TurnContext,
    search: Search,
    between: Between,
  ): Promise<Aside<Search>> {
    const { danger } = triage(between.text);
    if (danger) await context.sendActivity(report.guidance(this.desk.guidance[danger]));
    return plainAside(context, this.desk, search, between, words.help);
  }

  private async tell(context: TurnContext, found: Case): Promise<void> {
    const { reference, kind, aboutStaff } = found;
    const about = [reference, KIND_WORDS[kind], handledBy(aboutStaff)] as const;
    const round = roundOf(found);
    const inWords = (instant: Date): string => dueInWords(instant, round.promise.zone);
    const answers = found.rounds.flatMap((each) => each.answers);
    for (const { answeredAt, text } of answers) {
      await context.sendActivity(words.answered(...about, inWords(answeredAt)));
      // The answer is shown as it was written, not as Markdown.
      await context.sendActivity(plainly(text));
    }
    const { closing, extensions } = round;
    if (closing?.as === 'closed' && round.answers.length === 0) {
      await context.sendActivity(words.closed(...about, inWords(closing.at)));
      await context.sendActivity(plainly(closing.reason));
    }
    if (!isOpen(round)) {
      if (closing && closing.as !== 'closed' && answers.length === 0)
        await context.sendActivity(words.filed(...about));
      return;
    }
    const due = dueOf(round);
    const say = this.desk.clock.now() > due ? words.overdue : words.open;
    await context.sendActivity(say(...about, inWords(due)));
    const extension = extensions.at(-1);
    if (!extension) return;
    await context.sendActivity(words.extended(inWords(round.promise.dueAt)));
    await context.sendActivity(plainly(extension.reason));
  }
}

const plainly = (text: string): { type: string; text: string; textFormat: string } => ({
  ...{ type: 'message', text },
  textFormat: 'plain',
});

function searchIn(known: Search, text: string): Search {
  const reference = findCaseReference(text) ?? known.reference;
  const proof = findEmail(text) ?? findPin(text) ?? known.proof;
  return { ...(reference ? { reference } : {}), ...(proof ? { proof } : {}) };
}
