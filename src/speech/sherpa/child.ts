import type { FromChild, ToChild } from './protocol.ts';

/** The part of sherpa-onnx-node 1.13 that speaks. */
type OfflineTts = {
  readonly sampleRate: number;
  readonly numSpeakers: number;
  generateAsync(order: {
    text: string;
    sid: number;
    speed: number;
    enableExternalBuffer: boolean;
    onProgress(piece: { samples: Float32Array }): boolean;
  }): Promise<{ samples: Float32Array; sampleRate: number }>;
};
type Sherpa = { readonly OfflineTts: new (config: object) => OfflineTts };

let voice: OfflineTts | undefined;
let last: Promise<void> = Promise.resolve();
const stopped = new Set<number>();
const waiting = new Set<number>();

process.on('message', (order: ToChild) => {
  if (order.what === 'open') void open(order.module, order.config);
  else if (order.what === 'stop') {
    if (waiting.has(order.job)) stopped.add(order.job);
  } else {
    waiting.add(order.job);
    // One after another: the model uses all that its threads can give.
    last = last.then(() => speak(order));
  }
});
// The controller is gone.
process.on('disconnect', () => process.exit(0));

async function open(module: string, config: object): Promise<void> {
  try {
    const loaded = (await import(module)) as Sherpa & { readonly default?: Sherpa };
    voice = new (loaded.default ?? loaded).OfflineTts(config);
    tell({ what: 'opened', rate: voice.sampleRate, speakers: voice.numSpeakers });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'the model cannot be loaded';
    process.send!({ what: 'unopened', reason } satisfies FromChild, () => process.exit(0));
  }
}

async function speak({ job, words, speaker, rate }: Extract<ToChild, { what: 'speak' }>): Promise<void> {
  let given = 0;
  const give = (samples: Float32Array): void => {
    given += samples.length;
    if (samples.length > 0 && !stopped.has(job)) tell({ what: 'sound', job, samples: wholeNumbers(samples) });
  };
  let failed = voice === undefined;
  try {
    if (voice && !stopped.has(job)) {
      const all = await voice.generateAsync({
        text: words,
        sid: speaker,
        speed: rate,
        // Memory of the library's own must not be sent to another process.
        enableExternalBuffer: false,
        onProgress({ samples }) {
          give(samples);
          return !stopped.has(job);
        },
      });
      // A model that tells no progress gives all at the end.
      if (given < all.samples.length) give(all.samples.subarray(given));
    }
  } catch {
    failed = true;
  }
  waiting.delete(job);
  stopped.delete(job);
  tell({ what: 'ended', job, failed });
}

function wholeNumbers(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767))));
}

function tell(message: FromChild): void {
  process.send!(message);
}
