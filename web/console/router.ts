import { useEffect, useState } from 'preact/hooks';

/** Where the page stands, from the address after `#/`. */
export interface Route {
  /** Such as `['cases', 'PD-7K2M-9QXR']`. */
  readonly steps: readonly string[];
  readonly query: URLSearchParams;
}

/** Reads the address; `#invite=…` is no route. */
export function currentRoute(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return {
    steps: path.split('/').filter(Boolean).map(decoded),
    query: new URLSearchParams(query),
  };
}

/** Goes to a path such as `/cases/PD-7K2M-9QXR`; in place of the present entry of the history where `replace` says so. */
export function go(path: string, options: { replace?: boolean } = {}): void {
  if (!options.replace) {
    location.hash = `#${path}`;
    return;
  }
  history.replaceState(null, '', `#${path}`);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Where the page stands, kept up to date. */
export function useRoute(): Route {
  const [route, setRoute] = useState(currentRoute);
  useEffect(() => {
    const look = (): void => {
      setRoute(currentRoute());
    };
    window.addEventListener('hashchange', look);
    return () => {
      window.removeEventListener('hashchange', look);
    };
  }, []);
  return route;
}

/** What a pattern such as `cases/:reference` finds in a route; undefined where it is another. */
export function match(pattern: string, route: Route): Record<string, string> | undefined {
  const parts = pattern.split('/');
  if (parts.length !== route.steps.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const step = route.steps[index] ?? '';
    if (part.startsWith(':')) found[part.slice(1)] = step;
    else if (part !== step) return undefined;
  }
  return found;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
