import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openRecordingKeys } from '../../src/recording-keys.ts';
import type { FinishedSound, SoundSource } from '../../src/recordings/keep.ts';
import type { RecordingRow } from '../../src/recordings/recording-row.ts';
import { openVault, type Vault, type VaultOptions } from '../../src/recordings/vault.ts';
import { startFixture } from '../journal/journal-fixture.ts';
import { freePort } from '../supervisor/free-port.ts';

/** Asterisk's stored recordings, in memory: what the telephone door gives. */
export class Stored implements SoundSource {
  readonly files = new Map<string, Buffer>();
  away = false;

  /** Streams that were opened and neither read to their end nor let go of. */
  open = 0;

  async read(file: string): Promise<Readable | undefined> {
    if (this.away) throw new Error('connection refused');
    const content = this.files.get(file);
    if (!content) return undefined;
    this.open += 1;
    return Readable.from(inPieces(content)).once('close', () => {
      this.open -= 1;
    });
  }

  async remove(file: string): Promise<void> {
    if (this.away) throw new Error('connection refused');
    this.files.delete(file);
  }
}

async function* inPieces(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += 3000) yield content.subarray(at, at + 3000);
}

/** Vaults on a PostgreSQL of the tests' own. */
export type VaultFixture = {
  readonly query: (text: string) => Promise<Record<string, unknown>[]>;
  newDir(): string;
  open(dir: string, stored: Stored, more?: Partial<VaultOptions>): Promise<Opened>;
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  end(): Promise<void>;
};

export type Opened = {
  readonly vault: Vault;
  readonly told: string[];
  readonly log: string[];
  /** Resolves when this many things were told since the start. */
  until(count: number): Promise<void>;
};

export async function startVaultFixture(): Promise<VaultFixture> {
  const fixture = await startFixture(await freePort());
  const root = mkdtempSync(join(tmpdir(), 'strowger-vault-'));
  const journal = await fixture.open();
  const { databaseUrl } = fixture.postgres;
  const url = new URL(databaseUrl);
  url.pathname = '/journal_1';
  const vaults: Vault[] = [];
  return {
    query: (text) => fixture.query(url.href, text),
    newDir: () => mkdtempSync(join(root, 'data-')),
    async open(dir, stored, more = {}) {
      const told: string[] = [];
      const log: string[] = [];
      const waiting: { count: number; done(): void }[] = [];
      const tell = (line: string): void => {
        told.push(line);
        for (const one of waiting) if (told.length >= one.count) one.done();
      };
      const line = (fields: object, message: string): void => void log.push(`${message} ${JSON.stringify(fields)}`);
      const vault = await openVault({
        databaseUrl: url.href,
        dir: join(dir, 'recordings'),
        playableDir: join(dir, 'playable'),
        ring: await openRecordingKeys(dir),
        sound: stored,
        now: Date.now,
        log: { info: line, warn: line, error: line },
        retryMs: 20,
        ...more,
      });
      vaults.push(vault);
      vault.start({
        kept: ({ recordingId }) => tell(`kept ${recordingId}`),
        lost: ({ recordingId }, code) => tell(`lost ${recordingId} ${code}`),
        expired: ({ recordingId }: RecordingRow) => tell(`expired ${recordingId}`),
      });
      const until = (count: number): Promise<void> =>
        new Promise((done) => (told.length >= count ? done() : waiting.push({ count, done })));
      return { vault, told, log, until };
    },
    stopDatabase: () => fixture.postgres.stop(),
    startDatabase: () => fixture.start(),
    async end() {
      await Promise.all(vaults.map((vault) => vault.close()));
      await journal.close();
      await fixture.end();
    },
  };
}

let count = 0;

/** A recording that ended now, with made-up names. */
export function finishedSound(more: Partial<FinishedSound> = {}): FinishedSound {
  count += 1;
  const recordingId = more.recordingId ?? `c${count}.r1-abc`;
  return {
    recordingId,
    contactId: `c${count}`,
    agentId: 'anna',
    queueId: 'sales',
    why: 'queue',
    begunAtMs: Date.now(),
    keepMs: 3_600_000,
    files: [`${recordingId}.left`, `${recordingId}.right`],
    ...more,
  };
}

/** All of a recording, as it is read from the vault. */
export async function contentOf(vault: Vault, recordingId: string): Promise<Buffer> {
  const opened = await vault.open(recordingId);
  if (!opened.ok) throw new Error(opened.failure.code);
  const parts: Buffer[] = [];
  for await (const part of opened.value.read(0, opened.value.bytes)) parts.push(part);
  await opened.value.close();
  return Buffer.concat(parts);
}
