import { ConversationRecords } from '../../models/conversations';
import { ReportDraftRecords } from '../../models/reportDrafts';
import { ChoiceRecords } from '../../models/choices';
import type { Store } from '../../models/store';
import { Choices } from '../../services/choices';
import { ChildStop } from '../../services/childStop';
import { ExampleFiles } from '../../services/understanding/exampleFiles';
import { Conversations } from '../../services/conversations';
import { ReportDrafts } from '../../services/reportDrafts';
import { describeOnStores } from '../support/stores';
import { ID, PHONE, updateDesk } from '../support/updateDesk';
import { verificationDesk } from '../support/verificationDesk';

async function childDesk(store: Store) {
  const desk = await updateDesk(store);
  const { verifications } = await verificationDesk(store, 'codes');
  const { audit, clock, log, updates } = desk;
  const { cases } = desk;
  const drafts = new ReportDraftRecords(store);
  await drafts.ensureIndexes();
  const choices = new Choices({
    ...{ audit, clock, log, records: new ChoiceRecords(store) },
    examples: new ExampleFiles('nowhere'),
  });
  const parts = {
    ...{ audit, choices, updates, verifications, vault: store.vault },
    conversations: new Conversations(new ConversationRecords(store), clock),
    reportDrafts: new ReportDrafts(drafts, cases, clock, log),
  };
  return { ...desk, choices, verifications, stop: new ChildStop(parts, clock) };
}

describeOnStores('a child who has said so', (open) => {
  test.each([
    ['in the web chat', 'web-1', 'web-1'],
    ['on another channel', '19:abc@thread.tacv2;messageid=1', undefined],
  ])('is stopped %s, twice alike, and the audit log says so once', async (_where, id, audited) => {
    const store = await open();
    const desk = await childDesk(store);
    await desk.verifications.start({ conversationId: id }, 'rohan@example.com');
    await desk.updates.askPerson({
      ...{ id: ID, claimed: 'rohan', trouble: 'lost', email: 'rohan@example.com' },
      ...{ changes: [PHONE], conversationReference: { conversation: { id } } },
    });
    const text = 'who may see what I type here';
    const chose = { text, activityId: 'a', offered: ['secure.storage'], chosen: 'secure.storage' };
    await desk.choices.taken({ ...chose, conversationId: id });
    await desk.choices.taken({ ...chose, conversationId: 'another' });
    await desk.stop.stop(id, []);
    await desk.stop.stop(id, []);
    const entries: { about: { id: string } }[] = [];
    for await (const entry of desk.audit.entries())
      if (entry.action === 'child.stopped') entries.push(entry);
    expect(entries).toHaveLength(1);
    if (audited) expect(entries[0]?.about.id).toBe(audited);
    expect(JSON.stringify(entries)).not.toContain('thread');
    expect(await desk.records.updates.waiting(5)).toEqual([]);
    const kept = await store.connection.collection('verifications').countDocuments();
    expect(kept).toBe(0);
    const proposed = await desk.choices.pending();
    expect(proposed.map(({ conversationId }) => conversationId)).toEqual(['another']);
  });
});
