import { useEffect, useState } from 'preact/hooks';
import { everySecond, nowAtDesk, waited, written, type TimeShape } from '../times';

/** An instant in the company's zone; its whole form shows when pointed at. */
export function Time({ at, shape = 'dateTime' }: { at: string; shape?: TimeShape }) {
  return (
    <time dateTime={at} title={written(at, 'full')}>
      {written(at, shape)}
    </time>
  );
}

/** How long ago, ticking in a place of fixed width. */
export function Waited({ since }: { since: string }) {
  const [text, setText] = useState(() => waited(since, nowAtDesk()));
  useEffect(() => {
    const tick = (): void => {
      setText(waited(since, nowAtDesk()));
    };
    tick();
    return everySecond(tick);
  }, [since]);
  return (
    <time class="waited" dateTime={since} title={written(since, 'full')}>
      {text}
    </time>
  );
}
