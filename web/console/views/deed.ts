import { useState } from 'preact/hooks';
import { wordsOf } from '../api';
import { toast } from '../ui';
import { useIsThere } from './form';

/** Something that a button does. */
export interface Deed {
  readonly busy: boolean;
  /** Does it unless it is under way; what fails is said in a corner of the page. */
  readonly run: (what: () => Promise<void>) => void;
}

/** Lets a button be pressed once at a time. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const there = useIsThere();
  const run = (what: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    what()
      .catch((error: unknown) => {
        toast(wordsOf(error), 'bad');
      })
      .finally(() => {
        if (there.current) setBusy(false);
      });
  };
  return { busy, run };
}
