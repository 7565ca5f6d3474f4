import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { projectDir, readConfig } from '../../src/config.ts';
import type { Event } from '../../src/model/event.ts';
import { openSecrets, type Secrets } from '../../src/secrets.ts';
import { type RunningAsterisk, startAsterisk } from '../../src/supervisor/asterisk.ts';
import type { Certificate } from '../../src/supervisor/asterisk-config.ts';
import { type AsteriskProgram, findAsterisk } from '../../src/supervisor/asterisk-tree.ts';
import { type RunningPostgres, startPostgres } from '../../src/supervisor/postgres.ts';
import { ensureSystemUser } from '../../src/supervisor/system-user.ts';
import { tone, writeWav } from '../far-end/wav.ts';
import { type Slot, takeSlot } from './slot.ts';
import { until } from './until.ts';

/** A whole exchange under test: PostgreSQL, Asterisk and the controller as processes of their own, on ports of their own. */
export class Exchange {
  readonly slot: Slot;
  readonly dir: string;
  readonly flowsDir: string;
  readonly secrets: Secrets;
  readonly program: AsteriskProgram;
  asterisk: RunningAsterisk;
  postgres: RunningPostgres;
  controller: ChildProcess | undefined;
  readonly #env: Readonly<Record<string, string>>;
  readonly #certificate: Certificate | undefined;
  #ariPort = 0;

  private constructor(
    parts: Pick<Exchange, 'slot' | 'dir' | 'flowsDir' | 'secrets' | 'program' | 'asterisk' | 'postgres'>,
    { env = {}, certificate }: ExchangeOptions,
  ) {
    this.slot = parts.slot;
    this.dir = parts.dir;
    this.flowsDir = parts.flowsDir;
    this.secrets = parts.secrets;
    this.program = parts.program;
    this.asterisk = parts.asterisk;
    this.postgres = parts.postgres;
    this.#env = env;
    this.#certificate = certificate;
  }

  /** Starts everything with the flows of a folder under test/system/. */
  static async start(flows: string, options: ExchangeOptions = {}): Promise<Exchange> {
    const slot = await takeSlot(options);
    const dir = mkdtempSync(join(tmpdir(), 'strowger-system-'));
    // PostgreSQL and Asterisk run as a user of their own and must pass through.
    chmodSync(dir, 0o711);
    const flowsDir = join(dir, 'flows');
    if (options.files === undefined) cpSync(resolve(projectDir, 'test/system', flows), flowsDir, { recursive: true });
    else mkdirSync(flowsDir);
    writeFileSync(join(flowsDir, 'tone.wav'), writeWav(tone(1540, 1000)));
    const files = typeof options.files === 'function' ? options.files(slot) : (options.files ?? {});
    for (const [name, content] of Object.entries(files)) writeFileSync(join(flowsDir, name), content);
    const secrets = await openSecrets(dir);
    const program = await findAsterisk(readConfig({}).dataDir);
    if (!program) throw new Error('no Asterisk was laid: run these tests by "npm test"');
    const user = ensureSystemUser();
    const postgresHome = join(dir, 'postgres');
    const plan = Exchange.#asteriskPlan(slot, dir, secrets, program, options.certificate);
    const starting = [
      startPostgres({ home: postgresHome, port: slot.database, password: secrets.databasePassword, user }),
      startAsterisk({ ...plan, user }),
    ] as const;
    // One that is up would keep the tests from ending when the other one is not.
    const up = await Promise.allSettled(starting);
    if (up.some(({ status }) => status === 'rejected')) {
      for (const part of up) if (part.status === 'fulfilled') await part.value.stop();
    }
    const [postgres, asterisk] = await Promise.all(starting);
    const parts = { slot, dir, flowsDir, secrets, program, asterisk, postgres };
    const exchange = new Exchange(parts, options);
    exchange.#ariPort = (await options.wire?.(slot.ari)) ?? slot.ari;
    try {
      await exchange.startController();
    } catch (error) {
      await exchange.stop();
      throw error;
    }
    return exchange;
  }

  static #asteriskPlan(
    slot: Slot,
    dir: string,
    secrets: Secrets,
    program: AsteriskProgram,
    certificate: Certificate | undefined,
  ) {
    const plain = { ari: slot.ari, sip: { host: '127.0.0.1', port: slot.sip }, rtp: slot.rtp };
    const secure = { ...plain, tls: slot.tls, wss: slot.wss };
    const settings = {
      ...(certificate === undefined ? { ports: plain } : { ports: secure, certificate }),
      ariApp: 'strowger',
      ariPassword: secrets.ariPassword,
      fallbackTries: 5,
      promptsDir: join(dir, 'prompts'),
    };
    return { program, home: join(dir, 'asterisk'), settings };
  }

  async startController(): Promise<void> {
    const log = openSync(join(this.dir, 'controller.log'), 'a');
    this.controller = spawn(process.execPath, [resolve(projectDir, 'bin/strowger'), 'serve'], {
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        STROWGER_DATA: this.dir,
        STROWGER_FLOWS: this.flowsDir,
        STROWGER_HTTP_PORT: String(this.slot.http),
        DATABASE_URL: this.postgres.databaseUrl,
        ASTERISK_ARI_URL: this.asterisk.ariUrl.replace(`:${this.slot.ari}/`, `:${this.#ariPort}/`),
        ...this.#env,
      },
    });
    await this.healthy();
  }

  /** Waits until every part is up and the picture agrees with Asterisk's. */
  async healthy(withinMs = 20_000): Promise<void> {
    await until(
      'the exchange is healthy',
      async () => {
        if (this.controller?.exitCode != null) throw new Error(`the controller ended:\n${this.log().slice(-3000)}`);
        return (await this.health())?.status === 'ok' || undefined;
      },
      { withinMs, seen: () => this.health() },
    );
  }

  async health(): Promise<{ status: string; parts: Record<string, { up: boolean; detail: string }> } | undefined> {
    const answer = await this.get('/v1/health').catch(() => undefined);
    return answer?.body as { status: string; parts: Record<string, { up: boolean; detail: string }> } | undefined;
  }

  /** Ends the controller as a crash does. */
  async killController(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.controller;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  async startAsteriskAgain(): Promise<void> {
    const plan = Exchange.#asteriskPlan(this.slot, this.dir, this.secrets, this.program, this.#certificate);
    this.asterisk = await startAsterisk({ ...plan, user: ensureSystemUser() });
  }

  async stopPostgres(): Promise<void> {
    await this.postgres.stop();
  }

  async startPostgresAgain(): Promise<void> {
    const home = join(this.dir, 'postgres');
    const password = this.secrets.databasePassword;
    this.postgres = await startPostgres({ home, port: this.slot.database, password, user: ensureSystemUser() });
  }

  /** Asks the database directly, past the controller. */
  async sql(query: string, values: readonly unknown[] = []): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: this.postgres.databaseUrl });
    await client.connect();
    try {
      return (await client.query(query, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Everything that the journal in the database has of a contact, in its order. */
  async journalOf(contactId: string): Promise<Event[]> {
    const rows = await this.sql('SELECT data FROM journal WHERE contact_id = $1 ORDER BY seq', [contactId]);
    return rows.map((row) => (row as { data: Event }).data);
  }

  /** Asks the exchange's Asterisk directly, past the controller. */
  async ari(path: string, method = 'GET'): Promise<unknown> {
    const url = new URL(`${this.asterisk.ariUrl}/${path}`);
    const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
    url.username = '';
    url.password = '';
    const response = await fetch(url, { method, headers: { authorization }, signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  get(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.request('POST', path, body);
  }

  async request(method: string, path: string, body?: unknown, key = this.secrets.apiKey): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${this.slot.http}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  log(): string {
    return readFileSync(join(this.dir, 'controller.log'), 'utf8');
  }

  /** What Asterisk wrote into one of its logs; those who fail to log in stand in `security`. */
  asteriskLog(name: 'asterisk' | 'security' = 'asterisk'): string {
    return readFileSync(join(this.dir, 'asterisk', 'log', `${name}.log`), 'utf8');
  }

  async stop(): Promise<void> {
    await this.killController('SIGTERM');
    await Promise.all([this.asterisk.stop(), this.postgres.stop()]);
    this.slot.release();
    if (process.env['STROWGER_KEEP'] === undefined) rmSync(this.dir, { recursive: true, force: true });
  }
}

export type ExchangeOptions = {
  /** May put something between the controller and Asterisk: it gets Asterisk's port and gives its own. */
  readonly wire?: (ariPort: number) => Promise<number>;
  /** Hundreds of calls at a time, more than a slot has ports for. */
  readonly wide?: boolean;
  /** The flows folder by file name, in the place of a folder under test/system/; it may hang on the ports. */
  readonly files?: Files | ((slot: Slot) => Files);
  /** SIP over TLS and over WSS as well, with this certificate. */
  readonly certificate?: Certificate;
  /** More of the controller's environment. */
  readonly env?: Readonly<Record<string, string>>;
};

type Files = Readonly<Record<string, string | Uint8Array>>;

export type Answer = { readonly status: number; readonly body: unknown };
