import type { ComponentType } from 'preact';
import type { Right } from '../../bot/console/contract';
import { Conversations } from './conversations/conversations';
import { Accounts } from './views/accounts';
import { Telephone } from './views/call';
import { Cases } from './views/cases';
import { Mails } from './views/mails';
import { OwnAccount } from './views/ownAccount';
import { Promises } from './views/promises';
import { CannedReplies } from './views/replies';
import { Updates } from './views/updates';

/** A view of the console. */
export interface View {
  /** The address after `#/`, such as `cases/:reference`. */
  readonly pattern: string;
  /** Who may see it; everybody who is signed in where it is absent. */
  readonly right?: Right;
  /** Its entry in the navigation. */
  readonly label?: string;
  /** `params` are the named steps of the address. */
  readonly component: ComponentType<ViewProps>;
}

/** What a view is given. */
export interface ViewProps {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Every view, in the order of the navigation. */
export const VIEWS: readonly View[] = [
  { pattern: 'queue', right: 'conversations.hold', label: 'Queue', component: Conversations },
  { pattern: 'conversation/:id', right: 'conversations.hold', component: Conversations },
  { pattern: 'call/new', right: 'calls.take', label: 'Telephone', component: Telephone },
  { pattern: 'call/:id', right: 'calls.take', component: Telephone },
  { pattern: 'updates', right: 'updates.decide', label: 'Update requests', component: Updates },
  { pattern: 'updates/:id', right: 'updates.decide', component: Updates },
  { pattern: 'cases', right: 'cases.handle', label: 'Cases', component: Cases },
  { pattern: 'cases/:reference', right: 'cases.handle', component: Cases },
  { pattern: 'mails', right: 'mails.handle', label: 'Mails', component: Mails },
  { pattern: 'mails/:id', right: 'mails.handle', component: Mails },
  { pattern: 'promises', right: 'cases.handle', label: 'Promises', component: Promises },
  { pattern: 'replies', right: 'replies.edit', label: 'Canned replies', component: CannedReplies },
  { pattern: 'accounts', right: 'accounts.manage', label: 'Accounts', component: Accounts },
  { pattern: 'me', label: 'My account', component: OwnAccount },
];
