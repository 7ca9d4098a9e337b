import type { IncomingMessage } from 'node:http';
import type { Server } from 'restify';
import type { Audit } from '../../services/audit';
import type { CannedReplies } from '../../services/cannedReplies';
import type { Calls } from '../../services/calls';
import { CaseBoard } from '../../services/caseBoard';
import type { CaseHandling } from '../../services/caseHandling';
import type { Case, Cases } from '../../services/cases';
import type { Consents } from '../../services/consents';
import type { Conversations } from '../../services/conversations';
import type { DeskNews } from '../../services/deskNews';
import type { ChatCustomerSide } from '../customerSide';
import type { Handoffs } from '../../services/handoffs';
import { WaitingMails } from '../../services/inbound/waitingMails';
import type { Clock, Log } from '../../services/ports';
import type { PromiseTerms } from '../../services/promise';
import type { ReportDrafts } from '../../services/reportDrafts';
import type { Customers } from '../../services/records/customers';
import type { Staff } from '../../services/staff';
import type { StaffAccounts } from '../../services/staffAccounts';
import type { Updates } from '../../services/updates';
import type { Verifications } from '../../services/verification';
import { accountRoutes } from './accountRoutes';
import { caseRoutes, type CaseRouteParts } from './caseRoutes';
import { callRoutes } from './callRoutes';
import { customerRoutes } from './customerRoutes';
import { mountRoutes } from './guard';
import { handoffRoutes } from './handoffRoutes';
import { Lines } from './lines';
import { Live } from './live';
import { mailRoutes } from './mailRoutes';
import { mountPage } from './page';
import { Reading } from './reading';
import { Recusal } from './recusal';
import { replyRoutes } from './replyRoutes';
import type { ConsoleRoutes } from './route';
import { ConsoleSessions } from './session';
import { Sight } from './sight';
import { mountSignIn } from './signInRoutes';
import { updateRoutes, type UpdateRouteParts } from './updateRoutes';

type BoardParts = ConstructorParameters<typeof CaseBoard>[0];
type MailParts = ConstructorParameters<typeof WaitingMails>[0];

/** What the console acts through. */
export interface ConsoleParts {
  readonly accounts: StaffAccounts;
  readonly audit: Audit;
  readonly calls: Calls;
  readonly cannedReplies: CannedReplies;
  readonly cases: Cases;
  readonly consents: Consents;
  readonly conversations: Conversations;
  readonly customers: Customers;
  readonly handoffs: Handoffs;
  readonly handling: CaseHandling;
  readonly staff: Staff;
  readonly updates: Updates;
  readonly verifications: Verifications;
  readonly terms: PromiseTerms;
  readonly records: {
    readonly cases: BoardParts['records'] &
      CaseRouteParts['caseRecords'] &
      MailParts['cases'] & {
        readonly ofConversation: (conversationId: string) => Promise<Case[]>;
      };
    readonly inbound: MailParts['records'];
    readonly rawMails: MailParts['rawMails'];
    readonly updateRequests: UpdateRouteParts['waitingUpdates'];
  };
  readonly news: DeskNews;
  readonly clock: Clock;
  readonly log: Log;
  readonly publicUrl: string;
  readonly privacyMailbox: string;
  readonly companyPhone?: string | undefined;
  readonly customerSide: Pick<ChatCustomerSide, 'tellPin'>;
  readonly reportDrafts: ReportDrafts;
  /** Tells clients apart for the limits, proxies considered. */
  readonly clientAddress: (request: IncomingMessage) => string;
  /** Where the built pages are; `dist/web` unless a test says otherwise. */
  readonly webDirectory?: string;
}

/** The console, once it is mounted. */
export interface Console {
  /** Whether somebody has the page open who may take conversations. */
  staffed(): boolean;
  /** Closes the sockets. */
  close(): Promise<void>;
}

/** Mounts the console: its page at `/console`, what the page calls, and its live socket. */
export function mountConsole(server: Server, parts: ConsoleParts): Console {
  const { accounts, log, publicUrl } = parts;
  const sessions = new ConsoleSessions(accounts, publicUrl);
  const { live, routes } = consoleOf(parts, sessions);
  mountPage(server, parts);
  mountSignIn(server, { ...parts, sessions, zone: parts.terms.zone });
  mountRoutes(server, routes, sessions, log);
  server.server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
    live.upgrade(request, socket, head);
  });
  return { staffed: () => live.people().length > 0, close: () => live.close() };
}

/** The live socket and all routes that need a right; nothing is mounted. */
export function consoleOf(
  parts: ConsoleParts,
  sessions: ConsoleSessions,
): { readonly live: Live; readonly routes: ConsoleRoutes } {
  const { accounts, handoffs, records, staff, terms } = parts;
  const sight = new Sight({
    staff,
    handoffsOf: (conversationId) => handoffs.ofConversation(conversationId),
    casesOf: (conversationId) => records.cases.ofConversation(conversationId),
  });
  const caseOf = (id: string): Promise<Case | undefined> => records.cases.byId(id);
  const recusal = new Recusal({ ...parts, caseOf, sight });
  const lines = new Lines(parts);
  const reading = new Reading({ ...parts, sight });
  const live = new Live({ ...parts, sessions, reading, lines, recusal, caseOf, sight });
  const board = new CaseBoard({ ...parts, records: records.cases });
  const mails = new WaitingMails({
    ...parts,
    ...{ records: records.inbound, rawMails: records.rawMails, cases: records.cases },
  });
  const common = {
    ...{ ...parts, board, lines, mails, reading, recusal, sight },
    ...{ caseRecords: records.cases, presence: live, zone: terms.zone },
  };
  return {
    live,
    routes: [
      ...handoffRoutes(common),
      ...customerRoutes(common),
      ...replyRoutes({ replies: parts.cannedReplies }),
      ...updateRoutes({ ...common, waitingUpdates: records.updateRequests }),
      ...caseRoutes(common),
      ...mailRoutes(common),
      ...callRoutes(common),
      ...accountRoutes(accounts),
    ],
  };
}
