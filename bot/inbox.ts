import type { Guidance } from '../services/guidance';
import { markOf } from '../services/caseEffects';
import { Notices, sentences } from '../services/notices';
import type { MailResolver } from '../services/inbound/authentication';
import { CameBack } from '../services/inbound/cameBack';
import { CustomerMail } from '../services/inbound/customerMail';
import { DigestReplies } from '../services/inbound/digestReplies';
import { Enquiries } from '../services/inbound/enquiries';
import { HeldMail } from '../services/inbound/heldMail';
import { MailIntake } from '../services/inbound/intake';
import { InboundProcessing } from '../services/inbound/processing';
import { Routing } from '../services/inbound/routing';
import { StaffMail } from '../services/inbound/staffMail';
import type { Outbox } from '../services/outbox';
import type { Clock, Ids, Log } from '../services/ports';
import type { Config } from './config';
import { wordsOnChildren } from './desk';
import { authenticationAt } from './mailIn';
import type { Office } from './office';

/** What takes in mail and deals with it, whichever door it came by. */
export interface Inbox {
  readonly intake: MailIntake;
  readonly processing: InboundProcessing;
  readonly notices: Notices;
  readonly cameBack: CameBack;
  readonly enquiries: Enquiries;
}

export function inboxOf(
  config: Config,
  office: Office,
  parts: {
    readonly guidance: Guidance;
    readonly outbox: Outbox;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly log: Log;
    readonly onMail: () => void;
    /** Instead of DNS, for a test. */
    readonly resolver?: MailResolver;
  },
): Inbox {
  const { guidance, outbox, clock, ids, log, onMail } = parts;
  const { audit, cases, followUps, handling, links, records, replyTokens, staff, updates } = office;
  const notices = new Notices(outbox, replyTokens, staff, clock);
  const cameBack = new CameBack(outbox, handling, notices);
  const enquiries = new Enquiries(records.updateRequests, updates, links, notices, audit, clock, {
    mailbox: config.ENQUIRY_MAILBOX,
    ofChildren: wordsOnChildren(),
  });
  const staffMail = new StaffMail(
    {
      caseRecords: records.cases,
      digestReplies: new DigestReplies(handling, notices),
      held: new HeldMail(records.inbound, notices, audit, staff),
      ...{ handling, notices, outbox, staff },
    },
    (address) => routing.isOwn(address),
    config.COMPANY_TIME_ZONE,
  );
  const routing: Routing = new Routing(
    {
      ...{ cameBack, cases, enquiries, guidance, outbox, replyTokens, staff, staffMail },
      authentication: authenticationAt(config, parts.resolver),
      caseRecords: records.cases,
      customerMail: new CustomerMail(records.cases, followUps, enquiries),
      inbound: records.inbound,
    },
    {
      privacy: config.PRIVACY_MAILBOX,
      enquiry: config.ENQUIRY_MAILBOX,
      from: config.MAIL_FROM,
      domain: config.MAIL_DOMAIN,
    },
  );
  const intake = new MailIntake(records.inbound, records.rawMails, ids, log, {
    accepts: (address) => routing.accepts(address),
    onMail,
    onUnfetched: async (key, reason) => {
      await notices.toStaff('managersAndEscalation', {
        id: `unfetched-${markOf(key)}-mail.unfetched`,
        kind: 'mail.unfetched',
        subject: 'A mail lies in the mailbox that the desk cannot take',
        blocks: sentences(
          `A mail in the mailbox that the desk reads ${reason === 'tooLarge' ? 'is larger than the desk takes (25 MB)' : 'could not be fetched, however often it was tried'}. It stays in the mailbox; please look at it there. The desk has noted when it came: npm run inbound -- list`,
        ),
      });
    },
  });
  const { inbound, rawMails } = records;
  const processing = new InboundProcessing(
    { audit, inbound, notices, rawMails, routing },
    clock,
    log,
  );
  return { intake, processing, notices, cameBack, enquiries };
}
