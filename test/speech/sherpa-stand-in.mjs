// The part of sherpa-onnx-node 1.13 that speaks, without a model: 100 ms of a tone for each word, told in two pieces.
const RATE = 16_000;

export class OfflineTts {
  constructor(config) {
    if (!config.model?.vits?.model) throw new Error('Please check your config!');
    this.sampleRate = RATE;
    this.numSpeakers = 3;
  }

  async generateAsync({ text, sid, speed, onProgress }) {
    if (text.includes('crash')) process.exit(139);
    if (text.includes('fail')) throw new Error('no');
    const words = text.split(' ').length;
    const samples = Float32Array.from(
      { length: Math.round((words * RATE) / 10 / speed) },
      (_, i) => 0.3 * Math.sin((2 * Math.PI * (400 + 100 * sid) * i) / RATE),
    );
    const half = samples.length >> 1;
    for (const piece of [samples.subarray(0, half), samples.subarray(half)]) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!onProgress({ samples: piece, progress: 0.5 })) break;
      // Never ends by itself: it must be stopped.
      while (text.includes('endless') && onProgress({ samples: new Float32Array(0), progress: 0.5 }))
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return { samples, sampleRate: RATE };
  }
}
