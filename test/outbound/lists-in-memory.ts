import type { CallList, KnownRow, ListRow, ListStore, RowCounts, RowState } from '../../src/model/call/list.ts';

/** Lists without a database, for tests of what stands before it. The table itself is tested on a real one. */
export class ListsInMemory implements ListStore {
  readonly #lists = new Map<string, { list: CallList; rows: KnownRow[] }>();
  /** False: the database does not answer. */
  up = true;

  async create(list: CallList): Promise<void> {
    if (!this.#lists.has(list.id)) this.#lists.set(list.id, { list, rows: [] });
  }

  async all(): Promise<CallList[]> {
    this.#answer();
    return [...this.#lists.values()].map(({ list }) => list);
  }

  async find(listId: string): Promise<CallList | undefined> {
    this.#answer();
    return this.#lists.get(listId)?.list;
  }

  async remove(listId: string): Promise<void> {
    this.#lists.delete(listId);
  }

  async add(listId: string, rows: readonly ListRow[], atMs: number): Promise<number> {
    const known = this.#rowsOf(listId);
    const fresh = rows.filter(({ number }) => !known.some((row) => row.number === number));
    for (const row of fresh) {
      known.push({
        ...row,
        listId,
        row: known.length + 1,
        state: 'waiting',
        orderId: null,
        nextAtMs: atMs,
        attempts: 0,
        results: {},
        lastResult: null,
      });
    }
    return fresh.length;
  }

  async counts(listId: string): Promise<RowCounts> {
    const count = (state: RowState): number => this.#rowsOf(listId).filter((row) => row.state === state).length;
    return { waiting: count('waiting'), out: count('out'), done: count('done') };
  }

  async rows(listId: string, afterRow: number, limit: number, state?: RowState): Promise<KnownRow[]> {
    const wanted = this.#rowsOf(listId).filter((row) => row.row > afterRow && (state ?? row.state) === row.state);
    return wanted.slice(0, limit);
  }

  async zones(listId: string): Promise<string[]> {
    const waiting = this.#rowsOf(listId).filter(({ state }) => state === 'waiting');
    return [...new Set(waiting.map(({ timeZone }) => timeZone ?? ''))].sort();
  }

  async take(listId: string, zones: readonly string[], limit: number, nowMs: number): Promise<KnownRow[]> {
    const due = this.#rowsOf(listId).filter(
      (row) => row.state === 'waiting' && row.nextAtMs <= nowMs && zones.includes(row.timeZone ?? ''),
    );
    due.sort((a, b) => b.priority - a.priority || a.nextAtMs - b.nextAtMs || a.row - b.row);
    return due.slice(0, limit).map((row) => {
      const orderId = `${listId}.r${row.row}-${row.attempts + 1}-${nowMs.toString(36)}`;
      return this.#change(row, { state: 'out', orderId });
    });
  }

  async out(): Promise<KnownRow[]> {
    return [...this.#lists.values()].flatMap(({ rows }) => rows).filter(({ state }) => state === 'out');
  }

  async ofOrder(orderId: string): Promise<KnownRow | undefined> {
    return (await this.out()).find((row) => row.orderId === orderId);
  }

  async settle(orderId: string, result: KnownRow['lastResult'], nextAtMs: number | null): Promise<void> {
    this.#answer();
    const row = await this.ofOrder(orderId);
    if (!row) return;
    const counts = result !== null && result !== 'withdrawn';
    const results: Record<string, number> = { ...row.results };
    if (counts) results[result] = (results[result] ?? 0) + 1;
    this.#change(row, {
      state: nextAtMs === null ? 'done' : 'waiting',
      orderId: null,
      nextAtMs: nextAtMs ?? row.nextAtMs,
      attempts: row.attempts + (counts ? 1 : 0),
      results,
      lastResult: result ?? row.lastResult,
    });
  }

  async close(): Promise<void> {}

  #rowsOf(listId: string): KnownRow[] {
    this.#answer();
    return this.#lists.get(listId)?.rows ?? [];
  }

  #change(row: KnownRow, by: Partial<KnownRow>): KnownRow {
    const rows = this.#rowsOf(row.listId);
    const changed = { ...row, ...by };
    rows[row.row - 1] = changed;
    return changed;
  }

  #answer(): void {
    if (!this.up) throw Object.assign(new Error('The lists cannot be read now.'), { code: 'list.unavailable' });
  }
}
