/** As much of XMLHttpRequest, over fetch, as DirectLineJS uses through rxjs. */
export class FetchXhr {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseType = 'json';
  timeout = 0;
  onreadystatechange?: (event: unknown) => void;
  private method = 'GET';
  private url = '';
  private answered?: Headers;
  private readonly headers = new Headers();
  private readonly controller = new AbortController();

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
    this.readyState = 1;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.answered?.get(name) ?? null;
  }

  getAllResponseHeaders(): string {
    return [...(this.answered ?? [])].map(([name, value]) => `${name}: ${value}`).join('\r\n');
  }

  abort(): void {
    this.controller.abort();
  }

  send(body?: BodyInit): void {
    const { method, headers, controller } = this;
    fetch(this.url, { method, headers, body, signal: controller.signal })
      .then(async (answer) => {
        this.status = answer.status;
        this.answered = answer.headers;
        const text = await answer.text();
        this.response = text === '' ? null : (JSON.parse(text) as unknown);
      })
      .catch(() => {
        this.status = 0;
      })
      .finally(() => {
        if (controller.signal.aborted) return;
        this.readyState = 4;
        this.onreadystatechange?.call(this, {});
      });
  }
}
