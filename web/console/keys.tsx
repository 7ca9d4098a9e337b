import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from './ui';

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ['j or ↓', 'Next line of a list'],
  ['k or ↑', 'Line before'],
  ['Enter', 'Open the line, or take the conversation'],
  ['c', 'Take who has waited longest'],
  ['r', 'Write to the customer'],
  ['/', 'At the start of a message: canned replies'],
  ['Enter, Shift+Enter', 'In a message: send it, begin a new line'],
  ['Esc', 'Close what is open'],
  ['?', 'These keys'],
];

const OFF = 'privacy-desk.keys-off';

/** WCAG 2.1.4: whoever speaks to their computer has to be able to do without single keys. */
const areOff = (): boolean => localStorage.getItem(OFF) !== null;

/** What single keys do; they rest while somebody types or a dialog is open. */
export function useShortcuts(shortcuts: Readonly<Record<string, () => void>>): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (areOff() || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const shortcut = latest.current[event.key];
      if (!shortcut) return;
      event.preventDefault();
      shortcut();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** Shows the keys. */
export function ShortcutsDialog({ close }: { close: () => void }) {
  const [off, setOff] = useState(areOff);
  return (
    <Dialog title="Keys" onClose={close}>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={!off}
          onChange={({ currentTarget: { checked } }) => {
            if (checked) localStorage.removeItem(OFF);
            else localStorage.setItem(OFF, '');
            setOff(!checked);
          }}
        />
        Use single keys on this computer
      </label>
    </Dialog>
  );
}
