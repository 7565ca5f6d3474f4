import type { protos } from '@google-cloud/speech';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { type GrpcServer, serveFromProtos } from './grpc-server.ts';
import { hearLevels, type LevelHeard } from './level-hearing.ts';

type Request = protos.google.cloud.speech.v2.IStreamingRecognizeRequest;
type Response = protos.google.cloud.speech.v2.IStreamingRecognizeResponse;
type Config = protos.google.cloud.speech.v2.IStreamingRecognitionConfig;
type Call = ServerDuplexStream<Request, Response>;

/** What the real service refuses (cloud_speech.proto, quotas page). */
const AUDIO_BYTES_MAX = 15 * 1_024;
const STREAM_MS_MAX = 305_000;
const IDLE_MS_MAX = 10_000;
const BYTES_PER_MS = 16;

/** gRPC status codes. */
export const STATUS = {
  invalidArgument: 3,
  permissionDenied: 7,
  resourceExhausted: 8,
  outOfRange: 11,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
};

/** What the server saw of one stream. */
export type SeenStream = {
  recognizer: string;
  config: Config | undefined;
  /** Bytes of each message with sound. */
  chunks: number[];
  /** When each of them came, on the clock of the process. */
  arrivedAtMs: number[];
  /** The sound as it came. */
  audio: Buffer[];
  halfClosed: boolean;
  cancelled: boolean;
  /** What the real service would have refused. */
  broken: string[];
  deadlineMs: number;
  finals: string[];
};

export type Misbehaviour = {
  /** Ends the stream with this status, when so much sound has come (0: at once). */
  readonly status?: number;
  readonly afterMs?: number;
  /** Accepts everything and never answers. */
  readonly mute?: boolean;
  /** Drops the connection without a word, when so much sound has come. */
  readonly dieAfterMs?: number;
  /** Refuses this model, as the service does where it is not offered. */
  readonly withoutModel?: string;
  /** The shortened limits of a test. */
  readonly streamMsMax?: number;
  readonly idleMsMax?: number;
  /** Answers so much later. */
  readonly slowMs?: number;
};

export type GoogleStandIn = GrpcServer & {
  readonly streams: readonly SeenStream[];
  /** For the streams that come from now on; by their number, or all the same. */
  behave(how: Misbehaviour | ((stream: number) => Misbehaviour)): void;
  /** Resolves when the condition holds; looked at after each message. */
  until(holds: (streams: readonly SeenStream[]) => boolean): Promise<void>;
};

/** A server that speaks StreamingRecognize of Speech-to-Text v2, holds its callers to the service's rules, and hears levels. */
export async function startGoogleRecognition(): Promise<GoogleStandIn> {
  const streams: SeenStream[] = [];
  const waiting: { holds: (streams: readonly SeenStream[]) => boolean; resolve: () => void }[] = [];
  let behaviour: (stream: number) => Misbehaviour = () => ({});
  const changed = () => {
    for (const one of [...waiting]) {
      if (!one.holds(streams)) continue;
      waiting.splice(waiting.indexOf(one), 1);
      one.resolve();
    }
  };
  const server: GrpcServer = await serveFromProtos('@google-cloud/speech', 'google.cloud.speech.v2.Speech', {
    StreamingRecognize(call: Call) {
      const seen: SeenStream = {
        recognizer: '',
        config: undefined,
        chunks: [],
        arrivedAtMs: [],
        audio: [],
        halfClosed: false,
        cancelled: false,
        broken: [],
        deadlineMs: 0,
        finals: [],
      };
      const deadline = call.getDeadline();
      seen.deadlineMs = deadline instanceof Date ? deadline.getTime() - Date.now() : deadline - Date.now();
      streams.push(seen);
      serve(call, seen, behaviour(streams.length - 1), changed, () => server.close());
    },
  });
  return {
    ...server,
    streams,
    behave(how) {
      behaviour = typeof how === 'function' ? how : () => how;
    },
    until(holds) {
      if (holds(streams)) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ holds, resolve }));
    },
  };
}

function serve(call: Call, seen: SeenStream, how: Misbehaviour, changed: () => void, die: () => void): void {
  const hearing = hearLevels();
  const { streamMsMax = STREAM_MS_MAX, idleMsMax = IDLE_MS_MAX } = how;
  let over = false;
  let soundMs = 0;
  let idle: NodeJS.Timeout | undefined;

  function refuse(code: number, details: string): void {
    if (over) return;
    over = true;
    clearTimeout(idle);
    call.emit('error', { code, details });
  }

  function broke(rule: string): void {
    seen.broken.push(rule);
    refuse(STATUS.invalidArgument, rule);
  }

  function restless(): void {
    clearTimeout(idle);
    const details =
      'Audio Timeout Error: Long duration elapsed without audio. Audio should be sent close to real time.';
    idle = setTimeout(() => refuse(STATUS.outOfRange, details), idleMsMax);
  }

  function answer(heard: readonly LevelHeard[], done: () => void = () => {}): void {
    if (how.mute) return;
    const say = () => {
      for (const one of heard) {
        if (over) return;
        if (one.what === 'final') seen.finals.push(one.text);
        call.write(responseTo(one));
      }
      changed();
      done();
    };
    if (how.slowMs === undefined) say();
    else setTimeout(say, how.slowMs);
  }

  call.on('data', (request: Request) => {
    if (over) return;
    restless();
    if (seen.config === undefined) {
      const wrong = wrongFirst(request, how);
      if (wrong !== undefined) return broke(wrong);
      seen.recognizer = request.recognizer ?? '';
      seen.config = request.streamingConfig ?? undefined;
      if (how.status !== undefined && how.afterMs === undefined) refuse(how.status, 'As the test wants it.');
      return changed();
    }
    const audio = Buffer.from((request.audio ?? Buffer.alloc(0)) as Uint8Array);
    if (request.streamingConfig || audio.length === 0)
      return broke('after the first message comes sound and nothing else');
    if (audio.length > AUDIO_BYTES_MAX) return broke('at most 15 KB of sound in a message');
    seen.chunks.push(audio.length);
    seen.arrivedAtMs.push(performance.now());
    seen.audio.push(audio);
    soundMs += audio.length / BYTES_PER_MS;
    if (soundMs > streamMsMax)
      return refuse(STATUS.outOfRange, 'Exceeded maximum allowed stream duration of 305 seconds.');
    if (how.dieAfterMs !== undefined && soundMs >= how.dieAfterMs) return die();
    if (how.status !== undefined && soundMs >= (how.afterMs ?? 0)) return refuse(how.status, 'As the test wants it.');
    answer(hearing.accept(samplesOf(audio)));
    changed();
  });
  call.on('end', () => {
    seen.halfClosed = true;
    clearTimeout(idle);
    if (!over) answer(hearing.finish(), () => call.end());
    changed();
  });
  call.on('cancelled', () => {
    seen.cancelled = true;
    over = true;
    clearTimeout(idle);
    changed();
  });
}

function wrongFirst({ recognizer, streamingConfig }: Request, how: Misbehaviour): string | undefined {
  if (!/^projects\/[^/]+\/locations\/[^/]+\/recognizers\/[^/]+$/.test(recognizer ?? ''))
    return 'no name of a recognizer';
  const config = streamingConfig?.config;
  if (!config) return 'the first message has the configuration';
  const { encoding, sampleRateHertz, audioChannelCount } = config.explicitDecodingConfig ?? {};
  if (String(encoding) !== 'LINEAR16' || sampleRateHertz !== 8_000 || audioChannelCount !== 1)
    return 'not the sound of a call';
  if (config.languageCodes?.length !== 1) return 'not one language';
  if (config.model === how.withoutModel) return `The model "${config.model}" does not exist in the location.`;
  const sets = config.adaptation?.phraseSets ?? [];
  const phrases = sets.flatMap((set) => set.inlinePhraseSet?.phrases ?? []);
  if (phrases.length > 5_000) return 'too many phrases';
  if (phrases.reduce((sum, { value }) => sum + (value?.length ?? 0), 0) > 100_000) return 'too long phrases';
  return undefined;
}

function responseTo(heard: LevelHeard): Response {
  const offset = { seconds: Math.floor(heard.atMs / 1_000), nanos: Math.round((heard.atMs % 1_000) * 1e6) };
  if (heard.what === 'begin') return { speechEventType: 'SPEECH_ACTIVITY_BEGIN', speechEventOffset: offset };
  if (heard.what === 'end') return { speechEventType: 'SPEECH_ACTIVITY_END', speechEventOffset: offset };
  const isFinal = heard.what === 'final';
  const best = { transcript: heard.text, confidence: isFinal ? 0.9 : 0 };
  const alternatives = isFinal ? [best, { transcript: `${heard.text} please`, confidence: 0 }] : [best];
  return { results: [{ alternatives, isFinal, resultEndOffset: offset, ...(!isFinal && { stability: 0.5 }) }] };
}

function samplesOf(audio: Buffer): Int16Array {
  return Int16Array.from({ length: audio.length / 2 }, (_, i) => audio.readInt16LE(2 * i));
}
