const MAX_QUOTE_SIGNS = 5;
const MAX_LINK = 500;

/** The lines of a page, as its tags and words come in. */
export class HtmlPage {
  private readonly lines: string[] = [];
  private line = '';
  private wantsBlank = false;
  private keepsSpaces = false;
  /** The open elements that can make a quote. */
  private readonly open: { readonly name: string; readonly isQuote: boolean }[] = [];
  private readonly openCount = new Map<string, number>();
  private depth = 0;
  private readonly lists: { next?: number }[] = [];
  private link: { readonly href: string; readonly lines: number; readonly at: number } | undefined;

  words(text: string): void {
    if (this.keepsSpaces) {
      const [first = '', ...rest] = text.split(/\r\n?|\n/);
      this.line += first;
      for (const line of rest) {
        this.lineBreak();
        this.line = line;
      }
      return;
    }
    const words = text.replace(/[ \t\r\n\f]+/g, ' ');
    const isAfterSpace = this.line === '' || this.line.endsWith(' ');
    this.line += isAfterSpace ? words.replace(/^ /, '') : words;
  }

  lineBreak(): void {
    this.push();
  }

  /** Ends the line where there is one. */
  block(): void {
    if (this.line.trim() !== '' || this.line.includes('\u00a0')) this.push();
    this.line = '';
  }

  /** Ends the line and leaves one line free. */
  paragraph(): void {
    this.block();
    this.wantsBlank = true;
  }

  enter(name: string, isQuote: boolean): void {
    this.block();
    this.open.push({ name, isQuote });
    this.openCount.set(name, (this.openCount.get(name) ?? 0) + 1);
    if (isQuote) this.depth += 1;
  }

  leave(name: string): void {
    this.block();
    if ((this.openCount.get(name) ?? 0) === 0) return;
    for (let left = this.open.pop(); left; left = this.open.pop()) {
      this.openCount.set(left.name, (this.openCount.get(left.name) ?? 1) - 1);
      if (left.isQuote) this.depth -= 1;
      if (left.name === name) return;
    }
  }

  quoteTheRest(): void {
    this.block();
    // No element holds it, so no closing tag ends it.
    if (this.depth === 0) this.depth += 1;
  }

  openList(isNumbered: boolean): void {
    this.lists.push(isNumbered ? { next: 1 } : {});
  }

  closeList(): void {
    this.lists.pop();
  }

  item(): void {
    const list = this.lists.at(-1);
    if (list?.next === undefined) this.line = '- ';
    else {
      this.line = `${list.next}. `;
      list.next += 1;
    }
  }

  keepSpaces(keep: boolean): void {
    this.keepsSpaces = keep;
  }

  openLink(href: string): void {
    const isWorthShowing = /^https?:/i.test(href) && href.length <= MAX_LINK;
    this.link = isWorthShowing
      ? { href, lines: this.lines.length, at: this.line.length }
      : undefined;
  }

  /** Names where a link leads, unless its words do. */
  closeLink(): void {
    const { link } = this;
    this.link = undefined;
    if (link?.lines !== this.lines.length) return;
    const words = this.line.slice(link.at).trim();
    const bare = (address: string): string => address.replace(/^https?:\/\/|\/$/gi, '');
    if (words !== '' && bare(words) !== bare(link.href)) this.line += ` <${link.href}>`;
  }

  text(): string {
    this.block();
    return this.lines.join('\n').trim();
  }

  private push(): void {
    const signs = '>'.repeat(Math.min(this.depth, MAX_QUOTE_SIGNS));
    const quoted = (words: string): string =>
      signs === '' ? words : words === '' ? signs : `${signs} ${words}`;
    const words = this.line.replace(/\u00a0/g, ' ').trimEnd();
    if (this.wantsBlank && this.lines.length > 0 && !/^>*$/.test(this.lines.at(-1) ?? ''))
      this.lines.push(quoted(''));
    this.wantsBlank = false;
    const isSecondBlank = words.trim() === '' && /^>*$/.test(this.lines.at(-1) ?? '');
    if (!isSecondBlank) this.lines.push(quoted(words.trim() === '' ? '' : words));
    this.line = '';
  }
}
