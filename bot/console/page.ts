import path from 'node:path';
import type { Request, Response, Server } from 'restify';
import type { Log } from '../../services/ports';
import { sendError } from '../httpErrors';
import type { ContentPolicy } from '../pages/securityHeaders';
import { readWebFiles } from '../pages/webFiles';
import { ROOT } from '../root';

/** Nothing inline, and nothing from elsewhere; pictures of second factors are `data:`. */
function consoleContentPolicy(publicUrl: string): ContentPolicy {
  const { protocol, host } = new URL(publicUrl);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${protocol === 'https:' ? 'wss' : 'ws'}://${host}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
}

/**
 * Serves the console's page at `/console`; its files come from `/assets/console/`.
 * @param webDirectory where the built pages are; `dist/web` unless a test says otherwise.
 */
export function mountPage(
  server: Server,
  { publicUrl, webDirectory, log }: { publicUrl: string; webDirectory?: string; log: Log },
): void {
  const policy = consoleContentPolicy(publicUrl).join('; ');
  const directory = webDirectory ?? path.join(ROOT, 'dist/web');
  let html: Buffer | undefined;
  const serve = async (request: Request, response: Response): Promise<void> => {
    try {
      html ??= Buffer.from(readWebFiles(directory).page('console/index.html'));
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': html.length,
        'Content-Security-Policy': policy,
        'Cache-Control': 'no-store',
      });
      response.end(request.method === 'HEAD' ? undefined : html);
    } catch (error) {
      sendError(response, error, log);
    }
  };
  server.get('/console', serve);
  server.head('/console', serve);
}
