import { moment } from './moments.ts';
import { count, listOf, moment as momentOf, type Schema, shape, text } from './schemas.ts';

/** How lines of text and those who write them stand in answers. */

const choice = shape({ key: text, label: text });

export const line: Schema = shape(
  {
    seq: { ...count, description: 'Number of the line in its contact, from 1, without gaps.' },
    id: text,
    from: { ...text, description: 'site, agent or customer.' },
    agentId: text,
    name: { ...text, description: 'Name of the agent.' },
    text: { ...text, description: 'Empty when it is not to be kept.' },
    choices: listOf(choice),
    sensitive: { type: 'boolean', description: 'The text, or the reply to it, is not kept.' },
    ...momentOf('at'),
  },
  ['agentId', 'name', 'choices', 'sensitive'],
);

export const lineExample = {
  seq: 7,
  id: 'chat-1.m7',
  from: 'agent',
  agentId: 'anna',
  name: 'Anna',
  text: 'Good morning, how can I help?',
  ...moment('at', 1_795_165_260_000),
};

export const linesAnswer: Schema = shape({
  contactId: text,
  seq: { ...count, description: 'Number of the newest line there is.' },
  over: { type: 'boolean', description: 'The contact is over; its lines are kept for ten minutes.' },
  lines: listOf(line),
});

/** The contact after what was asked for; null: it is over. */
export const contactOrNull: Schema = shape({ contact: { anyOf: [{ $ref: 'Contact#' }, { type: 'null' }] } });

export const contactExample = {
  contact: {
    id: 'chat-1',
    channel: 'chat',
    from: 'Maria',
    to: 'chat',
    ...moment('arrivedAt', 1_795_165_200_000),
    stage: 'talking',
    flowId: 'welcome',
    stepId: 'wait',
    queueId: 'sales',
    agentId: 'anna',
  },
};
