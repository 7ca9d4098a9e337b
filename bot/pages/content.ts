import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'restify';

const BROTLI_QUALITY = 5;
const ONE_YEAR = 31_536_000;
const COMPRESSED_FROM = 1_024;

const compressions = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
    }),
  gzip: (body: Buffer) => promisify(gzip)(body),
};

type Encoding = keyof typeof compressions;

/** Something served unchanged while the process runs: a page, a style sheet, a script; compressed once, when first asked for. */
export class Content {
  /** Names this very content, for `?v=` in the addresses of what may be cached for good. */
  readonly version: string;
  private readonly compressed = new Map<Encoding, Promise<Buffer>>();

  constructor(
    readonly type: string,
    private readonly body: Buffer,
  ) {
    this.version = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  }

  /** Answers a GET or HEAD: 304 when the client has it, else compressed as the client accepts. */
  async send(request: Request, response: Response): Promise<void> {
    const encoding = this.encodingFor(request);
    const tag = `"${this.version}${encoding ? `-${encoding}` : ''}"`;
    response.setHeader('ETag', tag);
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader('Cache-Control', this.caching(request));
    if (sameTag(request.header('if-none-match', ''), tag)) {
      response.writeHead(304);
      response.end();
      return;
    }
    const body = encoding ? await this.compress(encoding) : this.body;
    response.setHeader('Content-Type', this.type);
    if (encoding) response.setHeader('Content-Encoding', encoding);
    response.setHeader('Content-Length', body.length);
    response.writeHead(200);
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  private encodingFor(request: Request): Encoding | undefined {
    if (this.body.length < COMPRESSED_FROM || !/^text\/|svg|json/.test(this.type)) return undefined;
    const accepted = request
      .header('accept-encoding', '')
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.replace(/;.*$/, ''));
    return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding));
  }

  private caching(request: Request): string {
    const asked = new URLSearchParams(request.getQuery()).get('v');
    return asked === this.version ? `public, max-age=${ONE_YEAR}, immutable` : 'no-cache';
  }

  private compress(encoding: Encoding): Promise<Buffer> {
    const known = this.compressed.get(encoding);
    if (known) return known;
    const compressing = compressions[encoding](this.body);
    this.compressed.set(encoding, compressing);
    return compressing;
  }
}

function sameTag(header: string, tag: string): boolean {
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag);
}
