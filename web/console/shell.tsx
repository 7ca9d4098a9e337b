import { useEffect, useState } from 'preact/hooks';
import { post, wordsOf } from './api';
import { queue, useQueueCount } from './conversations/queueStore';
import { ShortcutsDialog, useShortcuts } from './keys';
import { useLiveState, type LiveState } from './live';
import { go, match, useRoute, type Route } from './router';
import { useMay, useSession } from './session';
import { Button, Empty, Heading, toast } from './ui';
import { VIEWS, type View } from './views';

const LIVE_WORDS: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  away: 'Not connected – trying again',
};

/** What surrounds every view: navigation by rights, whether the page is live, and the way out. */
export function Shell() {
  const { me } = useSession();
  const may = useMay();
  const route = useRoute();
  const allowed = VIEWS.filter(({ right }) => right === undefined || may(right));
  const views = me.mustSetUpTotp ? allowed.filter(({ pattern }) => pattern === 'me') : allowed;
  const first = views.find(({ label }) => label !== undefined)?.pattern ?? 'me';
  const [keysShown, setKeysShown] = useState(false);
  useShortcuts({
    '?': () => {
      setKeysShown(true);
    },
  });

  const hasQueue = may('conversations.hold') && !me.mustSetUpTotp;
  useEffect(() => (hasQueue ? queue.start() : undefined), [hasQueue]);
  useEffect(() => {
    if (route.steps.length === 0 || (me.mustSetUpTotp && route.steps[0] !== 'me'))
      go(`/${first}`, { replace: true });
  }, [route, first, me.mustSetUpTotp]);

  return (
    <div class="shell">
      <a
        class="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        Skip to the content
      </a>
      <Header
        views={views}
        route={route}
        showKeys={() => {
          setKeysShown(true);
        }}
      />
      <main id="main" tabIndex={-1}>
        <Shown views={views} route={route} />
      </main>
      {keysShown && (
        <ShortcutsDialog
          close={() => {
            setKeysShown(false);
          }}
        />
      )}
    </div>
  );
}

function Shown({ views, route }: { views: readonly View[]; route: Route }) {
  for (const { pattern, component: Component } of views) {
    const params = match(pattern, route);
    if (params) return <Component params={params} query={route.query} />;
  }
  if (route.steps.length === 0) return null;
  return (
    <div class="page">
      <Heading title="Not found" />
      <Empty title="There is nothing here">
        The address may be wrong, or your roles do not include it.
      </Empty>
    </div>
  );
}

interface HeaderProps {
  readonly views: readonly View[];
  readonly route: Route;
  readonly showKeys: () => void;
}

function Header({ views, route, showKeys }: HeaderProps) {
  const { me } = useSession();
  const [menuShown, showMenu] = useState(false);
  useEffect(() => {
    showMenu(false);
  }, [route]);
  return (
    <header class="console-header">
      <p class="desk-name">
        <img src="/assets/shared/icon.svg" alt="" width="28" height="28" />
        <span>Privacy Desk</span>
      </p>
      <nav id="views" class={menuShown ? 'nav shown' : 'nav'} aria-label="Views">
        <ul>
          {views
            .filter(({ label }) => label !== undefined)
            .map(({ pattern, label }) => (
              <li key={pattern}>
                <a
                  href={`#/${pattern}`}
                  aria-current={isCurrent(pattern, route) ? 'page' : undefined}
                >
                  {label}
                  {pattern === 'queue' && <QueueCount />}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <div class="header-end">
        <LiveMark />
        <span class="menu-toggle">
          <Button
            small
            aria-expanded={menuShown}
            aria-controls="views"
            onClick={() => {
              showMenu(!menuShown);
            }}
          >
            Views
          </Button>
        </span>
        <span class="me">{me.name}</span>
        <Button small kind="quiet" onClick={showKeys}>
          Keys
        </Button>
        <Button small onClick={() => void signOut()}>
          Sign out
        </Button>
      </div>
    </header>
  );
}

function LiveMark() {
  const state = useLiveState();
  return (
    <span class={`live-mark ${state}`} role="status">
      {LIVE_WORDS[state]}
    </span>
  );
}

function QueueCount() {
  const count = useQueueCount();
  if (count === 0) return null;
  return (
    <span class="count">
      {count}
      <span class="visually-hidden"> waiting</span>
    </span>
  );
}

const CONVERSATION = 'conversation';

function isCurrent(pattern: string, { steps }: Route): boolean {
  const [step] = pattern.split('/');
  return steps[0] === step || (step === 'queue' && steps[0] === CONVERSATION);
}

async function signOut(): Promise<void> {
  try {
    await post('/sign-out');
    location.assign('/console');
  } catch (error) {
    toast(wordsOf(error), 'bad');
  }
}
