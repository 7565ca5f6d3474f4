import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';

/** What stands in the file: which run of Asterisk it was, and a digest of what was said to it, by name. */
type Stored = { readonly asterisk: string; readonly said: Readonly<Record<string, string>> };

/**
 * What was made known to the Asterisk that runs now, over restarts of this program: after a crash with hundreds of calls
 * Asterisk would be busy for a second with hearing again what it knows, and the first decision would wait for that.
 */
export class Equipped {
  readonly #file: string;
  #asterisk = '';
  #said = new Map<string, string>();
  /** True while the file holds what is in memory. */
  #saved = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** To be called at each connect. `asterisk` tells one run of Asterisk from all others: when it was started. */
  async meet(asterisk: string): Promise<void> {
    if (asterisk === this.#asterisk) return;
    const stored = await this.#read();
    this.#asterisk = asterisk;
    this.#saved = stored?.asterisk === asterisk;
    this.#said = new Map(stored && this.#saved ? Object.entries(stored.said) : []);
  }

  knows(name: string, words: string): boolean {
    return this.#said.get(name) === digest(words);
  }

  /** To be called before anything else is said: whoever crashes in between must not believe the old words. */
  async change(name: string): Promise<void> {
    this.#said.delete(name);
    if (!this.#saved) return;
    await rm(this.#file, { force: true });
    this.#saved = false;
  }

  said(name: string, words: string): void {
    this.#said.set(name, digest(words));
  }

  /** Rejects when the file cannot be written; then all is said again after the next start. */
  async save(): Promise<void> {
    if (this.#saved) return;
    const stored: Stored = { asterisk: this.#asterisk, said: Object.fromEntries(this.#said) };
    await writeFile(`${this.#file}.tmp`, JSON.stringify(stored), { mode: 0o600 });
    await rename(`${this.#file}.tmp`, this.#file);
    this.#saved = true;
  }

  async #read(): Promise<Stored | undefined> {
    try {
      return JSON.parse(await readFile(this.#file, 'utf8')) as Stored;
    } catch {
      // None yet, or half of one: all is said again.
      return undefined;
    }
  }
}

function digest(words: string): string {
  return createHash('sha256').update(words).digest('base64url');
}
