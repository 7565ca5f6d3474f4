import { availableParallelism } from 'node:os';
import { ok } from '../../model/failure.ts';
import type { SpeechEngine } from '../../model/speech/engines.ts';
import type { Engine, EngineCaps, EngineContext, EngineHeard, Utterance, UtteranceOrder } from '../engine.ts';
import type { RecognitionFailureCode } from '../recognition-failure.ts';
import { recognitionFailed } from '../recognition-failure.ts';
import { ANSWER_MS_MAX, HearingProcess } from '../sherpa/hearing-process.ts';
import { findModel } from '../sherpa/model-files.ts';
import { joinFinals } from './joined-words.ts';
import { UnsettledSound } from './unsettled-sound.ts';

const CAPS: EngineCaps = { grammar: false, freeForm: 'yes', partials: true, languages: 'any', local: true };
const CHUNK_MS = 100;
/** Sound that waits for a model that is being read, or for a processor that is too slow. */
const UNHEARD_MS_MAX = 30_000;
/** More of them make one model no faster. */
const THREADS_MAX = 4;

/** What a test chooses: another module with the package's interface, and how long a child may be silent. */
export type SherpaOptions = { readonly module?: string; readonly answerMsMax?: number };

/** A streaming model of the user's by sherpa-onnx, in a process of its own (docs/recognition-engines.md). */
export function openSherpa(
  name: string,
  setting: Extract<SpeechEngine, { readonly kind: 'sherpa' }>,
  _context: EngineContext,
  { module = 'sherpa-onnx-node', answerMsMax = ANSWER_MS_MAX }: SherpaOptions = {},
): Engine {
  const utterances = new Set<Utterance>();
  let hearing: HearingProcess | undefined;
  let closed = false;

  /** The folder is looked at again until there is a model in it. */
  function process() {
    if (closed) return recognitionFailed('recognition.closed');
    if (hearing) return ok(hearing);
    const model = findModel(setting.model);
    if (!model.ok) return model;
    const threads = Math.min(availableParallelism(), THREADS_MAX);
    hearing = new HearingProcess({ model: model.value, module, threads }, answerMsMax);
    return ok(hearing);
  }

  return {
    name,
    caps: CAPS,
    hear(order, told) {
      const found = process();
      if (!found.ok) return refused(found.failure.code as RecognitionFailureCode, told);
      const utterance = hearIn(found.value, order, told, () => utterances.delete(utterance));
      utterances.add(utterance);
      return utterance;
    },
    warm() {
      const found = process();
      if (found.ok) void found.value.ready();
    },
    async check() {
      const found = process();
      return found.ok ? found.value.ready() : found;
    },
    async close() {
      closed = true;
      for (const utterance of [...utterances]) utterance.drop();
      await hearing?.close();
    },
  };
}

function refused(code: RecognitionFailureCode, told: (heard: EngineHeard) => void): Utterance {
  let dropped = false;
  queueMicrotask(() => {
    if (!dropped) told({ what: 'failed', code });
  });
  return {
    write: () => {},
    end: () => {},
    drop() {
      dropped = true;
    },
  };
}

function hearIn(
  process: HearingProcess,
  order: UtteranceOrder,
  told: (heard: EngineHeard) => void,
  gone: () => void,
): Utterance {
  // Only its chunks are wanted: what a process was given is not given to another one.
  const sound = new UnsettledSound(CHUNK_MS, 0);
  const before: { readonly text: string; readonly confidence: number }[] = [];
  let unheard = 0;
  let partial = '';
  let ended = false;
  let over = false;

  const utterance = process.begin(order.continuous, {
    heard(answer) {
      if (over) return;
      if (answer.what === 'taken') {
        unheard--;
        if (answer.text !== '' && answer.text !== partial) told({ what: 'partial', text: answer.text });
        partial = answer.text;
        return;
      }
      const { text, confidence } = answer;
      if (!answer.last && !ended) return told({ what: 'final', text, confidence, alternatives: [] });
      // A sentence that was on its way when the end was told belongs to the one answer that is owed.
      if (text !== '') before.push({ text, confidence });
      if (!answer.last) return;
      const joined = joinFinals(before, order.language);
      finish(joined ? { what: 'final', ...joined, alternatives: [] } : { what: 'nothing' });
    },
    failed: (code) => finish({ what: 'failed', code }),
  });

  function finish(heard: EngineHeard): void {
    if (over) return;
    leave();
    told(heard);
  }

  function leave(): void {
    over = true;
    utterance.drop();
    gone();
  }

  function send(chunk: Int16Array): void {
    if (over) return;
    utterance.send(chunk);
    if (++unheard * CHUNK_MS > UNHEARD_MS_MAX) finish({ what: 'failed', code: 'recognition.too_much_sound' });
  }

  return {
    write(samples) {
      if (!ended && !over) for (const chunk of sound.add(samples)) send(chunk);
    },
    end() {
      if (ended || over) return;
      ended = true;
      for (const chunk of sound.flush()) send(chunk);
      if (!over) utterance.end();
    },
    drop() {
      if (!over) leave();
    },
  };
}
