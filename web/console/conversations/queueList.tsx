import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { HandoffLine } from '../../../bot/console/contract';
import { useShortcuts } from '../keys';
import { useMay, useSession } from '../session';
import { useStore } from '../store';
import { Empty, Spinner, Trouble } from '../ui';
import { Line } from './lines';
import { queue, sortedQueue } from './queueStore';
import { useTaking } from './taking';

/** The list of who waits, whom I talk to and whom to call back. */
export function QueueList({ openId }: { openId: string | undefined }) {
  const { me } = useSession();
  const may = useMay();
  const { lines, loaded, trouble, unread } = useStore(queue, (state) => state);
  const sorted = useMemo(() => sortedQueue(lines, me.id), [lines, me.id]);
  const order = [...sorted.mine, ...sorted.waiting, ...sorted.callBacks, ...sorted.others];
  const [chosen, setChosen] = useState<string | undefined>();
  const current = order.some(({ id }) => id === chosen) ? chosen : order[0]?.id;
  const { taking, take } = useTaking();
  const list = useRef<HTMLDivElement>(null);

  const move = (by: number): void => {
    const at = order.findIndex(({ id }) => id === current);
    const inList = list.current?.contains(document.activeElement) ?? false;
    const next = order[inList ? Math.min(order.length - 1, Math.max(0, at + by)) : Math.max(0, at)];
    if (next)
      list.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(next.id)}"]`)?.focus();
  };
  useShortcuts({
    j: () => {
      move(1);
    },
    k: () => {
      move(-1);
    },
    c: () => {
      const [longest] = sorted.waiting;
      if (longest) take(longest.id);
    },
  });
  const onCurrent = useCallback((id: string) => {
    setChosen(id);
  }, []);

  if (!loaded) return trouble ? <Trouble words={trouble} retry={reload} /> : <Spinner />;
  const readable = may('conversations.oversee');
  const section = (title: string, some: readonly HandoffLine[], none?: string) =>
    (some.length > 0 || none !== undefined) && (
      <section class="line-section" aria-label={title}>
        <h2>
          {title} <span class="soft">{some.length}</span>
        </h2>
        {some.length === 0 && <Empty title={none ?? ''} />}
        <ul class="lines">
          {some.map((line) => (
            <Line
              key={line.id}
              line={line}
              current={line.id === current}
              open={line.id === openId}
              unread={unread.get(line.id) ?? 0}
              busy={taking === line.id}
              readable={readable}
              forMe={line.meantFor?.accountId === me.id}
              mine={line.holder?.accountId === me.id}
              onTake={take}
              onCurrent={onCurrent}
            />
          ))}
        </ul>
      </section>
    );
  return (
    <div
      ref={list}
      class="line-sections"
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        move(by);
      }}
    >
      {trouble && <Trouble words={trouble} retry={reload} />}
      {section('With you', sorted.mine)}
      {section('Waiting', sorted.waiting, 'Nobody is waiting.')}
      {section('To be called back', sorted.callBacks)}
      {section('With others', sorted.others)}
    </div>
  );
}

function reload(): void {
  void queue.load();
}
