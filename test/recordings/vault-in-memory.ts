import { failed, ok, type Result } from '../../src/model/failure.ts';
import { RECORDING_FAULTS, type RecordingFaultCode } from '../../src/recordings/recording-fault.ts';
import type { RecordingRow } from '../../src/recordings/recording-row.ts';
import type { SealedFile } from '../../src/recordings/sealed-file.ts';
import type { Vault } from '../../src/recordings/vault.ts';

const fault = (code: RecordingFaultCode) => failed(code, RECORDING_FAULTS[code]);

/** A vault without disk and database, for what stands before it: rows and sound as they were put in. */
export class VaultInMemory implements Vault {
  readonly rows = new Map<string, RecordingRow>();
  readonly sounds = new Map<string, Buffer>();
  readonly taken: string[] = [];
  readonly discarded: string[] = [];
  /** Sounds that were opened and not closed. */
  reading = 0;
  /** Bytes that were read. */
  given = 0;
  readonly nowMs: number;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  put(row: Partial<RecordingRow> & { recordingId: string }, sound = Buffer.from('fLaC')): void {
    this.sounds.set(row.recordingId, sound);
    this.rows.set(row.recordingId, {
      contactId: 'c1',
      agentId: 'anna',
      queueId: 'sales',
      why: 'queue',
      purpose: 'talk',
      begunAtMs: this.nowMs,
      durationMs: 1000,
      channels: 2,
      bytes: sound.length,
      file: 'x',
      keyId: 'talk-1',
      wrappedKey: Buffer.alloc(60),
      keepUntilMs: this.nowMs + 1000,
      heldAtMs: null,
      heldReason: null,
      deletedAtMs: null,
      deletedReason: null,
      ...row,
    });
  }

  start(): void {}

  keep({ recordingId }: { recordingId: string }): void {
    this.taken.push(recordingId);
  }

  async discard({ recordingId }: { recordingId: string }): Promise<Result<void>> {
    this.discarded.push(recordingId);
    return ok(undefined);
  }

  async find(recordingId: string): Promise<Result<RecordingRow>> {
    const row = this.rows.get(recordingId);
    return row ? ok(row) : fault('recording.unknown');
  }

  async list(filter: Parameters<Vault['list']>[0], { limit, after }: Parameters<Vault['list']>[1]) {
    const all = [...this.rows.values()]
      .filter(({ deletedAtMs }) => (deletedAtMs !== null) === (filter.deleted ?? false))
      .filter(({ agentId }) => filter.agentId === undefined || filter.agentId === agentId)
      .sort((a, b) => b.begunAtMs - a.begunAtMs);
    return ok(all.filter(({ begunAtMs }) => !after || begunAtMs < after.begunAtMs).slice(0, limit));
  }

  async open(recordingId: string): Promise<Result<SealedFile>> {
    const row = this.rows.get(recordingId);
    if (!row) return fault('recording.unknown');
    if (row.deletedAtMs !== null) return fault('recording.deleted');
    const sound = this.sounds.get(recordingId)!;
    this.reading += 1;
    const given = (bytes: number): void => {
      this.given += bytes;
    };
    async function* read(from: number, to: number): AsyncGenerator<Buffer> {
      for (let at = from; at < to; at += 1000) {
        const piece = sound.subarray(at, Math.min(to, at + 1000));
        given(piece.length);
        yield piece;
      }
    }
    let open = true;
    const close = async (): Promise<void> => {
      if (open) this.reading -= 1;
      open = false;
    };
    return ok({ bytes: sound.length, read, close });
  }

  async playable(recordingId: string): Promise<Result<string>> {
    return this.rows.has(recordingId) ? ok(`/heard/${recordingId}`) : fault('recording.unknown');
  }

  async hold(recordingId: string, heldReason: string): Promise<Result<RecordingRow>> {
    return this.#change(recordingId, { heldAtMs: this.nowMs, heldReason });
  }

  async release(recordingId: string): Promise<Result<RecordingRow>> {
    return this.#change(recordingId, { heldAtMs: null, heldReason: null });
  }

  async #change(recordingId: string, change: Partial<RecordingRow>): Promise<Result<RecordingRow>> {
    const row = this.rows.get(recordingId);
    if (!row) return fault('recording.unknown');
    if (row.deletedAtMs !== null) return fault('recording.deleted');
    this.rows.set(recordingId, { ...row, ...change });
    return ok(this.rows.get(recordingId)!);
  }

  async destroy(recordingId: string, reason: string): ReturnType<Vault['destroy']> {
    const row = this.rows.get(recordingId);
    if (!row) return fault('recording.unknown');
    if (row.heldAtMs !== null) return fault('recording.on_hold');
    this.rows.set(recordingId, { ...row, deletedAtMs: this.nowMs, deletedReason: reason, keyId: null });
    const gone = { fileGone: true, keyGone: true, copyUnreadable: true };
    return ok({ recordingId, deletedAtMs: this.nowMs, reason, fileSha256: null, fileBytes: 0, ...gone });
  }

  async rotateKeys(): ReturnType<Vault['rotateKeys']> {
    return ok({ rewrapped: this.rows.size, forgotten: ['talk-1'], failed: 0 });
  }

  health() {
    return { up: true, detail: '', sinceMs: this.nowMs };
  }

  async close(): Promise<void> {}
}
