import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { wordsOf } from '../api';
import { freshId } from '../freshId';

/** What stands in the fields of a form, by their names. */
export type Texts = Readonly<Record<string, string>>;

/** Why what was sent was not taken: one field's fault, or words about the whole. Nothing: it was taken. */
export type Refused<Values extends Texts> =
  { readonly field: keyof Values & string; readonly why: string } | { readonly problem: string };

/** A form: what stands in it, what is wrong with it, and the sending of it. */
export interface Form<Values extends Texts> {
  readonly values: Values;
  readonly faults: Partial<Record<keyof Values, string>>;
  /** What is wrong with the whole, in words. */
  readonly problem: string | undefined;
  readonly busy: boolean;
  /** The form's element: the first field with a fault gets the focus. */
  readonly element: RefObject<HTMLFormElement | null>;
  readonly set: (name: keyof Values, value: string) => void;
  readonly submit: () => void;
}

type Checks<Values extends Texts> = {
  readonly [Name in keyof Values]?: (value: string, values: Values) => string | undefined;
};

interface FormOptions<Values extends Texts> {
  readonly start: Values;
  readonly checks?: Checks<Values>;
  /**
   * Sends it. `id` is a UUID: the same for as long as the same is sent again.
   * @throws ApiError
   */
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- A form that was taken has nothing to say.
  readonly send: (values: Values, id: string) => Promise<Refused<Values> | void>;
  /** What was sent stays in the fields, and keeps its id; they are emptied otherwise. */
  readonly keep?: boolean;
}

/** Keeps a form; what was typed stays until it was taken. */
export function useForm<Values extends Texts>(options: FormOptions<Values>): Form<Values> {
  const { start, checks = {}, send, keep = false } = options;
  const [values, setValues] = useState(start);
  const [faults, setFaults] = useState<Form<Values>['faults']>({});
  const [problem, setProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const element = useRef<HTMLFormElement>(null);
  const sent = useRef({ what: '', id: '' });
  const there = useIsThere();

  useEffect(() => {
    if (refusals > 0) focusFirstFault(element.current);
  }, [refusals]);

  const refuse = (refused: Refused<Values>): void => {
    if ('problem' in refused) {
      setProblem(refused.problem);
      return;
    }
    setFaults({ [refused.field]: refused.why } as Form<Values>['faults']);
    setRefusals((count) => count + 1);
  };

  const deliver = async (): Promise<void> => {
    const what = JSON.stringify(values);
    if (sent.current.what !== what) sent.current = { what, id: freshId() };
    setBusy(true);
    const refused = await send(values, sent.current.id).catch((error: unknown) => ({
      problem: wordsOf(error),
    }));
    if (!there.current) return;
    setBusy(false);
    if (refused) {
      refuse(refused);
      return;
    }
    if (keep) return;
    sent.current = { what: '', id: '' };
    setValues(start);
  };

  const submit = (): void => {
    if (busy) return;
    const found = faultsIn(values, checks);
    setProblem(undefined);
    setFaults(found);
    if (Object.keys(found).length > 0) setRefusals((count) => count + 1);
    else void deliver();
  };

  const set = (name: keyof Values, value: string): void => {
    setValues((before) => ({ ...before, [name]: value }));
    setFaults(({ [name]: _mended, ...rest }) => rest as Form<Values>['faults']);
  };

  return { values, faults, problem, busy, element, set, submit };
}

/** Whether the component is still on the page. */
export function useIsThere(): { readonly current: boolean } {
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  return there;
}

function faultsIn<Values extends Texts>(
  values: Values,
  checks: Checks<Values>,
): Form<Values>['faults'] {
  const faults: Form<Values>['faults'] = {};
  for (const name of Object.keys(checks) as (keyof Values)[]) {
    const why = checks[name]?.(values[name] ?? '', values);
    if (why !== undefined) faults[name] = why;
  }
  return faults;
}

function focusFirstFault(form: HTMLFormElement | null): void {
  const found = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  const control = found?.matches('fieldset') ? found.querySelector('input') : found;
  control?.focus();
}

/** Says what is wrong with a text of so many characters; without them it has to be there. */
export const ofLength =
  (least: number, most: number, missing: string) =>
  (value: string): string | undefined => {
    const { length } = value.trim();
    if (length === 0 && least > 0) return missing;
    if (length < least) return `Please give at least ${least} characters.`;
    return length > most ? `Please give at most ${most} characters.` : undefined;
  };

/** What is recorded as the reason of a deed. */
export const REASON = ofLength(3, 500, 'Please give a reason: it is recorded.');
