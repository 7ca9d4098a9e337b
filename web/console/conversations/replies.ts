import type { CannedReplyView } from '../../../bot/console/contract';
import { get } from '../api';
import { useLive } from '../live';
import { useLoaded } from '../loading';

/** The canned replies, kept up to date; none as long as they have not come. */
export function useReplies(): readonly CannedReplyView[] {
  const { value, reload } = useLoaded(() => get<readonly CannedReplyView[]>('/replies'), 'replies');
  useLive((event) => {
    if (event.kind === 'ready' || (event.kind === 'changed' && event.what === 'replies')) reload();
  });
  return value ?? [];
}
