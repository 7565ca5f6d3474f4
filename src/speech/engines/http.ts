import { createHash } from 'node:crypto';
import { ok, type Result } from '../../model/failure.ts';
import type { Engine, SpeakOrder } from '../engine.ts';
import { soundTaker } from '../program-sound.ts';
import { speechFailed } from '../speech-failure.ts';

export type HttpVoice = { readonly name: string; readonly url: string; readonly secret: string | undefined };

/** An answer is refused before it is read when it says that it is longer: twelve minutes at 22 kHz. */
const ANSWER_BYTES_MAX = 32 * 1024 ** 2;

/**
 * A voice of another machine that answers a POST of text with sound (docs/speech.md): WAV, or bare samples as `audio/l16`
 * (RFC 2586: high byte first) or `audio/pcm` (low byte first), with their rate. It speaks every language that the site gives it.
 */
export function openHttp({ name, url, secret }: HttpVoice): Promise<Result<Engine>> {
  const authorization = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
  const headers = { 'content-type': 'application/json', accept: 'audio/wav, audio/l16, audio/pcm', ...authorization };
  return Promise.resolve(
    ok({
      name,
      // The address is nobody's business, but another one is another voice.
      version: createHash('sha256').update(url).digest('hex').slice(0, 8),
      streams: () => false,
      voiceFor: () => '',
      voiceNamed: (voice) => voice,
      async speak({ words, voice, language, rate, signal, take }) {
        const body = JSON.stringify({ text: words, language, rate, ...(voice === '' ? {} : { voice }) });
        try {
          // Where the text is sent is the site's to say, and not the answer's.
          const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
          return await soundOf(name, answer, take);
        } catch (error) {
          if (signal.aborted) return speechFailed('speech.closed');
          const { cause } = error as { cause?: { code?: unknown } };
          return speechFailed('speech.engine_missing', { engine: name, reason: String(cause?.code ?? 'no answer') });
        }
      },
      close: () => Promise.resolve(),
    }),
  );
}

async function soundOf(name: string, answer: Response, take: SpeakOrder['take']): Promise<Result<void>> {
  const broken = async (exit: string): Promise<Result<void>> => {
    await answer.body?.cancel();
    return speechFailed('speech.engine_failed', { engine: name, exit });
  };
  if (answer.status === 401 || answer.status === 403) {
    await broken('');
    return speechFailed('speech.refused', { engine: name, status: answer.status });
  }
  if (answer.status !== 200 || !answer.body) return broken(`status ${answer.status}`);
  if (Number(answer.headers.get('content-length') ?? 0) > ANSWER_BYTES_MAX) return broken('too long');
  const taker = takerOf(name, answer.headers.get('content-type') ?? '', take);
  if (!taker) return broken('not a kind of sound that is understood');
  let bytes = 0;
  for await (const piece of answer.body) {
    bytes += piece.length;
    if (bytes > ANSWER_BYTES_MAX) return speechFailed('speech.engine_failed', { engine: name, exit: 'too long' });
    taker.push(piece);
  }
  return taker.end();
}

function takerOf(
  name: string,
  contentType: string,
  take: SpeakOrder['take'],
): ReturnType<typeof soundTaker> | undefined {
  const [kind = '', ...parameters] = contentType.toLowerCase().split(';');
  const named = Object.fromEntries(parameters.map((one) => one.trim().split('=', 2)));
  switch (kind.trim()) {
    case 'audio/wav':
    case 'audio/x-wav':
    case 'audio/wave':
    case 'audio/vnd.wave':
      return soundTaker(name, take);
    case 'audio/l16':
    case 'audio/pcm': {
      const rate = Number(named['rate']);
      if (!Number.isInteger(rate) || (named['channels'] ?? '1') !== '1') return undefined;
      return bareTaker(name, rate, kind.trim() === 'audio/pcm', take);
    }
    default:
      return undefined;
  }
}

/** Samples without a head, in pieces that may end in the middle of one. */
function bareTaker(
  engine: string,
  rate: number,
  lowFirst: boolean,
  take: SpeakOrder['take'],
): ReturnType<typeof soundTaker> {
  let kept = Buffer.alloc(0);
  let any = false;
  return {
    push(bytes) {
      const all = Buffer.concat([kept, bytes]);
      const samples = new Int16Array(all.length >> 1);
      for (let i = 0; i < samples.length; i++) samples[i] = lowFirst ? all.readInt16LE(2 * i) : all.readInt16BE(2 * i);
      kept = all.subarray(2 * samples.length);
      if (samples.length === 0) return;
      any = true;
      take({ samples, rate });
    },
    end: () => (any ? ok(undefined) : speechFailed('speech.engine_failed', { engine, exit: 'no_samples' })),
  };
}
