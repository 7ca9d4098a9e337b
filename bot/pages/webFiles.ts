import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ProductError } from '../../services/errors';
import { Content } from './content';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** The built files of `web/`: templates by path, and what is served under `/assets/`. */
export interface WebFiles {
  /** By path below `/assets/`, such as `chat/chat.js`. */
  readonly assets: ReadonlyMap<string, Content>;
  /** The text of a page, its references to assets versioned so that they can be cached for good. */
  page(name: string): string;
}

/** Reads the built files once; throws when `npm run build` has not put them there. */
export function readWebFiles(directory: string): WebFiles {
  const assets = new Map<string, Content>();
  const pages = new Map<string, string>();
  for (const name of listFiles(directory)) {
    const type = TYPES[path.extname(name)];
    if (type) assets.set(name, new Content(type, readFileSync(path.join(directory, name))));
    if (name.endsWith('.html')) pages.set(name, readFileSync(path.join(directory, name), 'utf8'));
  }
  return {
    assets,
    page: (name) => {
      const page = pages.get(name);
      if (page === undefined)
        throw new ProductError(
          'NotFound',
          `${path.join(directory, name)} is missing: run npm run build.`,
        );
      return versioned(page, assets);
    },
  };
}

/** Appends `?v=` and the version to every reference to an asset. */
export function versioned(html: string, assets: ReadonlyMap<string, Content>): string {
  return html.replace(/"\/assets\/([^"?]+)"/g, (reference, name: string) => {
    const asset = assets.get(name);
    return asset ? `"/assets/${name}?v=${asset.version}"` : reference;
  });
}

function listFiles(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) =>
      name.split(path.sep).join('/'),
    );
  } catch (cause) {
    throw new ProductError('NotFound', `${directory} is missing: run npm run build.`, { cause });
  }
}
