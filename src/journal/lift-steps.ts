type Parameters = Readonly<Record<string, unknown>>;

/**
 * The parameters of a step of release 0.1.0 as they are gone through now, by the type of the step. It says what these
 * steps meant then, and never follows the defaults that flows have today.
 */
export const LIFTED_PARAMETERS: Readonly<Record<string, (old: Parameters) => Parameters>> = {
  answer: () => ({ delayMs: 0, earlyMedia: false }),
  play: ({ prompt }) => ({ prompt, loop: 1, interruptKeys: [], offsetMs: 0 }),
  hangup: ({ cause }) => ({ cause, prompt: [] }),
  set: ({ vars }) => ({ vars, attributes: {} }),
  switch: (old) => ({ ...old, conditions: [] }),
  queue: (old) => ({ ...NOTHING_SPECIAL, ...old }),
  menu: ({ options, ...old }) => ({
    ...asked(old),
    options: Object.entries(options as Record<string, string>).map(([key, next]) => ({
      key,
      next,
      label: null,
      say: [],
    })),
    speech: LISTENING,
    repeatKey: null,
    directDial: null,
  }),
  gather: (old) => ({
    ...asked(old),
    clearKey: null,
    takesKeys: true,
    takesSpeech: false,
    minConfidence: 0.5,
    speech: LISTENING,
    validate: ANY_DIGITS,
    confirm: null,
    sensitive: false,
  }),
};

/** What a queue step could not be given, as it is when nothing is given. */
const NOTHING_SPECIAL: Parameters = {
  needs: { required: {}, anyOf: [], preferred: {}, excluded: {} },
  attributes: {},
  preferredAgents: [],
  exitKeys: {},
  unless: {},
  notYet: [],
};

const LISTENING = { language: null, hints: [], endSilenceMs: 1000, maxDurationMs: 30_000, minConfidence: 0.5 };
const ANY_DIGITS = {
  kind: 'digits',
  format: null,
  pattern: null,
  lengths: [],
  luhn: false,
  range: null,
  oneOf: [],
  expression: null,
};

/** There was one counter for failures of all kinds, and a key always stopped the prompt. */
function asked(old: Parameters): Parameters {
  const { attempts } = old;
  const prompts = { reprompts: [], invalidPrompt: [], finalPrompt: [] };
  const counts = { maxNoInput: attempts, maxNoMatch: attempts };
  return { ...old, ...prompts, ...counts, replyTimeoutMs: 600_000, bargeIn: true };
}
