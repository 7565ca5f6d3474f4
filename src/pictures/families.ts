import type { Family } from './picture.ts';

/** The family of each step type. */
export const FAMILY_TYPES: Readonly<Record<Exclude<Family, 'entry'>, readonly string[]>> = {
  talk: ['answer', 'music', 'play', 'progress', 'ring', 'send_dtmf', 'wait'],
  ask: ['authenticate', 'confirm', 'directory', 'gather', 'language', 'menu', 'survey'],
  decide: ['detect_machine', 'goto', 'loop', 'queue_status', 'schedule', 'split', 'switch'],
  data: ['emit', 'http', 'log', 'lookup', 'notify', 'set', 'tag'],
  queue: ['callback', 'queue'],
  media: ['conference', 'dial', 'record', 'recording', 'stream', 'transfer', 'voicemail'],
  flow: ['call_flow', 'transfer_flow'],
  end: ['fail', 'hangup', 'reject', 'return'],
};
const FAMILY_OF = new Map(
  Object.entries(FAMILY_TYPES).flatMap(([family, types]) => types.map((type) => [type, family as Family] as const)),
);

/** Steps of a type that is not named look like those that work with data. */
export function familyOf(type: string): Family {
  return FAMILY_OF.get(type) ?? 'data';
}
