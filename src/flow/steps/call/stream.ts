import { defaulted, optional, required } from '../../shape/object.ts';
import { choice, text } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';

const ADDRESS = text({
  pattern: /^wss?:\/\/[^\s/?#\\@]+(?:[/?]\S*)?$/,
  asked: 'it begins with ws:// or wss:// and a host',
});

/** Sends a copy of the sound of the call to another system, while the flow goes on. */
export const stream = stepKind({
  ...notBuilt('The sound of calls cannot be sent elsewhere yet'),
  type: 'stream',
  summary: 'Sends a copy of the sound of the call to another system.',
  fields: {
    action: required(choice(['start', 'stop']), 'start or stop.', 'stop'),
    url: optional(ADDRESS, 'The WebSocket that takes it; beside start.'),
    direction: defaulted(choice(['caller', 'agent', 'both']), 'both', 'Whose voice.'),
    format: defaulted(choice(['slin16', 'ulaw', 'alaw']), 'slin16', 'How the sound is written.'),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['ok'],
  check: ({ action, url }, tell) => {
    if (action === 'start' && url === undefined) tell('key.missing', [], 'A stream that starts needs "url".');
  },
});
