import type { Request, Response, Server } from 'restify';

const ALLOWED_HEADERS = 'authorization, content-type, x-ms-bot-agent, x-requested-with';
const PREFLIGHT_SECONDS = '600';

/** Lets pages of the given origins call the channel; all others are left to the browser's refusal. */
export class Cors {
  private readonly origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.origins = new Set(origins);
  }

  /** Sets the headers that let the page read the answer. */
  allow(request: Request, response: Response): void {
    if (this.origins.size === 0) return;
    response.header('Vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !this.origins.has(origin)) return;
    response.header('Access-Control-Allow-Origin', origin);
    response.header('Access-Control-Expose-Headers', 'Retry-After');
  }

  /** Answers the question that browsers ask before they call. */
  mountPreflight(server: Server, path: string): void {
    server.opts(path, async (request, response) => {
      this.allow(request, response);
      if (response.header('Access-Control-Allow-Origin')) {
        response.header('Access-Control-Allow-Methods', 'GET, POST');
        response.header('Access-Control-Allow-Headers', ALLOWED_HEADERS);
        response.header('Access-Control-Max-Age', PREFLIGHT_SECONDS);
      }
      response.send(204);
    });
  }
}
