import { numberName, type Sentences } from './sentence.ts';

type Kind =
  | `controller.${'started' | 'stopped'}`
  | `door.${'opened' | 'lost' | 'agreed'}`
  | `emergency.${'declared' | 'lifted'}`
  | 'flows.loaded'
  | 'calendar.forced'
  | `text.${'received' | 'sent'}`
  | 'time.passed';

/** What concerns the site as a whole. */
export const SITE: Sentences<Kind> = {
  'controller.started': ({ release }) => `The controller started, release ${release}.`,
  'controller.stopped': () => 'The controller stopped.',
  'door.opened': ({ door }) => `The door for ${door} opened.`,
  'door.lost': ({ door }) => `The door for ${door} was lost.`,
  'door.agreed': ({ door }) => `What is believed of ${door} agrees with what is there.`,
  'flows.loaded': ({ flows }) => `The flows of version ${flows.version} came into service.`,
  'calendar.forced': ({ calendarId, forced }) =>
    forced === null
      ? `The calendar ${calendarId} went by its hours again.`
      : `The calendar ${calendarId} was set to ${forced} by hand.`,
  'emergency.declared': ({ queueId, flowId }, { queue }) =>
    `${queueId === null ? 'The whole site' : queue(queueId)} was put on the flow ${flowId} in an emergency.`,
  'emergency.lifted': ({ queueId }, { queue }) =>
    `The emergency of ${queueId === null ? 'the whole site' : queue(queueId)} was over.`,
  'text.received': ({ from, to }) => `A short text came from ${numberName(from)} for ${numberName(to)}.`,
  'text.sent': ({ agentId }, { agent }) => `A short text was sent to the phone of ${agent(agentId)}.`,
  'time.passed': () => 'Time passed.',
};
