type Step = { readonly name: string; readonly act: () => Promise<unknown> };

/** What has to be put back when the demonstration ends, however it ends. */
export class Undo {
  readonly #steps: Step[] = [];

  /** `name` says in an error what could not be done. */
  later(name: string, act: Step['act']): void {
    this.#steps.push({ name, act });
  }

  /** Does it all in the opposite order, and goes on when one step fails. @returns what failed, as sentences. */
  async run(): Promise<string[]> {
    const failed: string[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step.act();
      } catch (error) {
        failed.push(`Could not ${step.name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    return failed;
  }
}
