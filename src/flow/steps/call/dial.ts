import type { Prompt } from '../../prompt.ts';
import { PHONE_KEY } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { mapOf } from '../../shape/map-of.ts';
import { defaulted, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { reference } from '../../shape/reference.ts';
import { choice, duration, wordOr } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { DIAL_TARGET, legTarget, type WrittenTarget } from './dial-target.ts';
import { MUSIC_CLASS } from './music-class.ts';

const TARGETS_MAX = 20;
const RING = { minMs: 1000, maxMs: 300_000 };
const TALK = { minMs: 1000, maxMs: 24 * 3_600_000 };
const KEPT = template('kept');
const ORDERS = ['parallel', 'serial'] as const;

const HEADERS = mapOf(
  {
    pattern: /^X-[A-Za-z0-9-]{1,60}$/,
    asked: 'a header of your own begins with X-',
    entry: (key) => `The header ${key}`,
    max: 20,
  },
  KEPT,
);
const ANSWER_CONFIRM = object({
  prompt: required(PROMPT, 'What who answers hears.', []),
  key: defaulted(PHONE_KEY, '1', 'The key that takes the call.'),
});

export type DialParameters = {
  readonly targets: readonly WrittenTarget[];
  readonly order: (typeof ORDERS)[number];
  readonly callerId: string | undefined;
  readonly ringMs: number;
  readonly talkMs: number | undefined;
  /** Undefined: the tone of ringing. */
  readonly music: string | undefined;
  readonly whisper: Prompt;
  readonly confirmKey: string | undefined;
  readonly record: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Parameters that were given and cannot be done yet. */
  readonly notYet: readonly string[];
};

/** Dials out and connects the caller with who answers. The switchboard does it; the step hears what came of it. */
export const dial = stepKind({
  type: 'dial',
  summary: 'Dials out and connects the caller with who answers.',
  fields: {
    to: required(listOrOne(DIAL_TARGET, TARGETS_MAX), 'Numbers, or maps of number, agent or extension.', []),
    order: defaulted(choice(ORDERS), 'parallel', 'All at once, or one after the other.'),
    caller_id: optional(KEPT, 'The number that is shown; it stands in site.yaml. May hold expressions.'),
    timeout: defaulted(duration(RING), 30_000, 'How long it rings; each of them, where they are dialled in turn.'),
    time_limit: optional(duration(TALK), 'How long they may talk.'),
    ringback: defaulted(wordOr(['tone'], MUSIC_CLASS), 'tone', 'What the caller hears: tone, or a class of music.'),
    answer_confirm: optional(ANSWER_CONFIRM, 'Who answers presses a key first, so that no mailbox takes the call.'),
    whisper: defaulted(PROMPT, [], 'What who answers hears before the caller.', []),
    record: defaulted(YES_NO, false, 'Whether the call is recorded.'),
    headers: defaulted(HEADERS, {}, 'SIP headers that go with it. May hold expressions.'),
    on_answer: optional(reference('flow'), 'A flow for who answers. Not available yet.'),
  },
  given: (written): DialParameters => ({
    targets: written.to,
    order: written.order,
    callerId: written.caller_id,
    ringMs: written.timeout,
    talkMs: written.time_limit,
    music: written.ringback === 'tone' ? undefined : written.ringback,
    whisper: [...written.whisper, ...(written.answer_confirm?.prompt ?? [])],
    confirmKey: written.answer_confirm?.key,
    record: written.record,
    headers: written.headers,
    notYet: [
      ...(written.on_answer === undefined ? [] : ['on_answer']),
      ...(written.to.some(({ to }) => to === 'sip') ? ['sip'] : []),
    ],
  }),
  answers: false,
  // Before the answer most networks let no music through.
  answersFor: ({ music }) => music !== undefined,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['completed', 'busy', 'no_answer', 'declined', 'unavailable', 'failed', 'cancelled'],
  enter: (given, context) => enter(given, context),
  receive: (_given, happening) => (happening.what === 'dialled' ? { outcome: happening.outcome } : {}),
});

function enter(given: DialParameters, context: StepContext): Move {
  if (given.notYet.length > 0) {
    return refused('step.not_available', `A dial step cannot do yet: ${given.notYet.join(', ')}.`);
  }
  const targets = given.targets.map((target) => legTarget(target, context));
  const nobody = targets.indexOf(undefined);
  if (nobody >= 0) {
    const { to, name } = given.targets[nobody]!;
    return refused('step.invalid', `There is no ${to} "${context.fill(name)}" that could be dialled.`);
  }
  const headers = Object.entries(given.headers).map(([name, text]) => [name, context.fill(text)]);
  return {
    tell: [
      {
        kind: 'dial.asked',
        targets: targets.filter((target) => target !== undefined),
        order: given.order,
        ringMs: given.ringMs,
        talkMs: given.talkMs ?? null,
        callerId: given.callerId === undefined ? null : context.fill(given.callerId),
        music: given.music ?? null,
        headers: Object.fromEntries(headers),
        whisper: context.prompt(given.whisper),
        confirmKey: given.confirmKey ?? null,
        record: given.record,
      },
    ],
  };
}
