import { TELEPHONE_RATE } from '../media/frames.ts';
import type { Failure } from '../model/failure.ts';
import type { Line, SpokenLine } from './cast.ts';
import { joined } from './evenness.ts';
import { linkedStop } from './linked-stop.ts';
import { type Hearing, type PieceSound, speakPiece } from './piece-sound.ts';
import { piecesOf } from './pieces.ts';
import type { Speaker } from './speaker.ts';
import { speechFailed } from './speech-failure.ts';

/** Silence before the first word: the first 20 ms packets of a stream are the ones that get lost. */
const LEAD_MS = 50;

/** The sound of a prompt ended before its end. */
export class SpeechBroken extends Error {
  readonly failure: Failure;
  readonly speaker: Speaker | undefined;
  constructor(failure: Failure, speaker?: Speaker) {
    super(failure.message);
    this.failure = failure;
    this.speaker = speaker;
  }
  get code(): string {
    return this.failure.code;
  }
}

type Part = { readonly silenceMs: number } | { readonly line: SpokenLine; readonly words: string };
type Begun = { readonly silenceMs: number } | { readonly part: Extract<Part, { words: string }>; sound: PieceSound };

export type PromptOrder = Hearing & {
  /** Who speaks a piece instead, of which nothing was heard before its engine failed; undefined: nobody. */
  readonly instead?: (line: SpokenLine, words: string, failure: Failure) => SpokenLine | undefined;
};

/**
 * The sound of a prompt, 8 kHz: its pieces one after another without a gap, its silences as zeros. The piece after the one
 * that is heard is made meanwhile. Nothing comes before the first word is there. Throws SpeechBroken.
 */
export async function* promptSound(lines: readonly Line[], order: PromptOrder): AsyncGenerator<Int16Array, void> {
  const stop = linkedStop(order.signal);
  const hearing = { ...order, signal: stop.signal };
  const parts = partsOf(lines);
  const begin = (part: Part): Begun =>
    'silenceMs' in part ? part : { part, sound: speakPiece(part.line, part.words, hearing) };
  const ahead: Begun[] = [];
  /** Begins what comes next, up to the end of one piece more than is heard. */
  const beginNext = (): void => {
    while (parts.length > 0 && !ahead.some((one) => 'part' in one)) ahead.push(begin(parts.shift()!));
  };
  let before: Int16Array[] = [silence(LEAD_MS)];
  let heard = false;
  try {
    for (beginNext(); ahead.length > 0; beginNext()) {
      const begun = ahead.shift()!;
      if ('silenceMs' in begun) {
        before.push(silence(begun.silenceMs));
        continue;
      }
      for await (const sound of soundOf(begun, hearing, order.instead)) {
        heard = true;
        // Not before: the first sound would be later if the engine worked on the next piece, too.
        beginNext();
        yield joined([...before, sound]);
        before = [];
      }
    }
    if (!heard) throw new SpeechBroken(speechFailed('speech.nothing_to_say').failure, speakerIn(lines));
    if (before.length > 0) yield joined(before);
  } finally {
    // Nobody listens any more: engines that still speak are stopped.
    stop.now();
  }
}

async function* soundOf(
  { part, sound }: Extract<Begun, { sound: PieceSound }>,
  hearing: Hearing,
  instead: PromptOrder['instead'],
): AsyncGenerator<Int16Array, void> {
  let { line } = part;
  let speaking = sound;
  let heard = false;
  for (;;) {
    const next = await speaking.next();
    if (next instanceof Int16Array) {
      heard = true;
      yield next;
      continue;
    }
    if (next.ok) return;
    const other = heard ? undefined : instead?.(line, part.words, next.failure);
    if (!other) throw new SpeechBroken(next.failure, line.speaker);
    line = other;
    speaking = speakPiece(line, part.words, hearing);
  }
}

/** Lines cut into what is spoken at a time. The pause after the last piece of all is left out. */
function partsOf(lines: readonly Line[]): Part[] {
  const parts: Part[] = [];
  for (const [at, line] of lines.entries()) {
    if ('silenceMs' in line) {
      parts.push(line);
      continue;
    }
    const pieces = line.speaker.engine.streams(line.voice) ? [{ words: line.words, pauseMs: 0 }] : piecesOf(line.words);
    // What follows is silence that is given, or goes on with the sentence.
    const isLast = at === lines.length - 1;
    for (const [count, { words, pauseMs }] of pieces.entries()) {
      parts.push({ line, words });
      const between = count < pieces.length - 1;
      if (between || (!isLast && /[.!?…。！？]["'”’)]*$/u.test(words))) parts.push({ silenceMs: pauseMs });
    }
  }
  return parts;
}

function speakerIn(lines: readonly Line[]): Speaker | undefined {
  for (const line of lines) if ('speaker' in line) return line.speaker;
  return undefined;
}

export function silence(ms: number): Int16Array {
  return new Int16Array(Math.round((ms * TELEPHONE_RATE) / 1_000));
}
