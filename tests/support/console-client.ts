import { Authenticator, secretOn } from '../../src/console/testing/authenticator.js';

/** A member of staff with a browser that has scripts switched off: follows links, fills in forms, keeps cookies. */
export class ConsoleClient {
  private readonly cookies = new Map<string, string>();
  private app: Authenticator | undefined;
  /** The code that was typed last. */
  lastCode: string | undefined;
  page = '';
  path = '';

  constructor(readonly url: string) {}

  async open(path: string): Promise<string> {
    return this.request(path, { method: 'GET' });
  }

  /** Sends the form of the current page whose action matches, with its hidden fields and these. */
  async submit(action: RegExp, fields: Readonly<Record<string, string>> = {}): Promise<string> {
    const forms = [...this.page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
    const form = forms.find(([, attributes]) =>
      action.test(attribute(attributes ?? '', 'action') ?? this.path),
    );
    if (!form) throw new Error(`No form like ${action} on ${this.path}:\n${this.text()}`);
    const [, attributes = '', inner = ''] = form;
    const hidden = [...inner.matchAll(/<input\b([^>]*)>/g)]
      .filter(([, input = '']) => attribute(input, 'type') === 'hidden')
      .map(([, input = '']) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? ''] as const);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields });
    const method = (attribute(attributes, 'method') ?? 'get').toUpperCase();
    const target = attribute(attributes, 'action') ?? this.path;
    if (method === 'GET') return this.open(`${target}?${body}`);
    return this.request(target, { method: 'POST', body, headers: { Origin: this.url } });
  }

  /** After the passphrase: sets the second step up when there is none yet, else types the code of the app. */
  async answerSecondStep(): Promise<string> {
    const settingUp = this.path.startsWith('/console/second-step/set-up');
    if (settingUp) this.app = new Authenticator(secretOn(this.page));
    if (!this.app) throw new Error('This member has not set up a second step.');
    this.lastCode = await this.app.code();
    await this.submit(/second-step/, { code: this.lastCode });
    return settingUp ? this.open('/console') : this.page;
  }

  /** What this address gives to this browser, byte by byte; the page stays. */
  async bytes(path: string): Promise<{ status: number; bytes: Buffer }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.url), {
      redirect: 'manual',
      headers: { Cookie: cookie },
    });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  /** The page as somebody reads it. */
  text(): string {
    return decode(this.page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')).replace(
      /\s+/g,
      ' ',
    );
  }

  private async request(path: string, init: RequestInit): Promise<string> {
    let target = new URL(path, this.url);
    let next: RequestInit = init;
    for (let hops = 0; hops < 6; hops += 1) {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(target, {
        ...next,
        redirect: 'manual',
        headers: { ...next.headers, ...(cookie ? { Cookie: cookie } : {}) },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (name !== undefined) this.cookies.set(name, value ?? '');
      }
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        this.page = await response.text();
        this.path = target.pathname + target.search;
        if (response.status >= 500) throw new Error(`${response.status} on ${this.path}: ${this.text()}`);
        return this.page;
      }
      target = new URL(location, target);
      next = { method: 'GET' };
    }
    throw new Error('Too many redirects.');
  }
}

const attribute = (attributes: string, name: string): string | undefined => {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : decode(value);
};

const decode = (html: string): string =>
  html
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
