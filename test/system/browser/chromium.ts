import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { until } from '../until.ts';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  // A container may have next to no shared memory.
  '--disable-dev-shm-usage',
  '--remote-debugging-port=0',
  // A microphone that beeps, and nobody who would be asked whether it may be used.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  // The certificate of the exchange is its own; addresses of this machine would be hidden behind mDNS names.
  '--ignore-certificate-errors',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** An answer that does not come is an error and no test that never ends. */
const ANSWER_MS_MAX = 20_000;

/** Where there is no browser, tests with one are passed over. */
export const chromiumProgram = PROGRAMS.find((path) => existsSync(path));

/** One page of a browser without a screen, driven over the Chrome DevTools Protocol. */
export class Page {
  readonly #socket: WebSocket;
  readonly #browser: ChildProcess;
  readonly #dir: string;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #count = 0;

  private constructor(socket: WebSocket, browser: ChildProcess, dir: string) {
    this.#socket = socket;
    this.#browser = browser;
    this.#dir = dir;
    socket.on('message', (data) => this.#take(JSON.parse(String(data))));
  }

  /** Opens the page of this address; browsers give the microphone to pages of `http://127.0.0.1` and of https only. */
  static async open(url: string): Promise<Page> {
    const dir = mkdtempSync(join(tmpdir(), 'strowger-browser-'));
    const browser = spawn(chromiumProgram!, [...FLAGS, `--user-data-dir=${dir}`, url], { stdio: 'ignore' });
    try {
      return await Page.#of(url, browser, dir);
    } catch (error) {
      // A child that lives keeps its parent from ending.
      await ended(browser, dir);
      throw error;
    }
  }

  static async #of(url: string, browser: ChildProcess, dir: string): Promise<Page> {
    const portFile = join(dir, 'DevToolsActivePort');
    const port = await until('the browser runs', async () => {
      if (browser.exitCode !== null) throw new Error(`the browser has ended with status ${browser.exitCode}`);
      return existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n')[0] || undefined : undefined;
    });
    const target = await until('the page is there', async () => {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as Target[];
      return targets.find((one) => one.type === 'page' && one.url === url);
    });
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((open, failed) => socket.once('open', open).once('error', failed));
    const page = new Page(socket, browser, dir);
    // What is asked of a page that is still being loaded is lost with what was there before.
    const state = () => page.evaluate<string>('document.readyState + " " + location.href').catch(() => 'loading');
    await until('the page is loaded', async () => (await state()) === `complete ${url}` || undefined);
    return page;
  }

  /** The value of an expression in the page; a promise is waited for. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = (await this.#ask('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: T }; exceptionDetails?: { exception?: { description?: string } } };
    if (exceptionDetails) throw new Error(`in the page: ${exceptionDetails.exception?.description}`);
    return result.value;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await ended(this.#browser, this.#dir);
  }

  #ask(method: string, params: object): Promise<unknown> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`the browser did not answer ${method} within ${ANSWER_MS_MAX} ms`));
      }, ANSWER_MS_MAX);
      this.#waiting.set(id, {
        resolve: (value) => {
          clearTimeout(late);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(late);
          reject(error);
        },
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  #take(message: { id?: number; result?: unknown; error?: { message: string } }): void {
    const waiting = this.#waiting.get(message.id ?? 0);
    this.#waiting.delete(message.id ?? 0);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }
}

async function ended(browser: ChildProcess, dir: string): Promise<void> {
  if (browser.exitCode === null && browser.signalCode === null) {
    const gone = new Promise((done) => browser.once('exit', done));
    browser.kill('SIGKILL');
    await gone;
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 10 });
}

type Target = { readonly type: string; readonly url: string; readonly webSocketDebuggerUrl: string };
