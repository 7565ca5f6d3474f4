import type { LegTarget } from '../model/call/leg.ts';
import type { Event } from '../model/event.ts';
import type { LegId } from '../model/ids.ts';
import { heardText } from './heard-text.ts';

/** What happens in calls, recordings and orders, as a rehearsal tells of it. */
export type CallEntry =
  /** Somebody who was dialled. */
  | {
      readonly what: 'leg';
      readonly who: string;
      readonly how: 'dialled' | 'answered' | 'ended';
      readonly cause?: string;
    }
  | { readonly what: 'not_dialled'; readonly code: string }
  /** What came of the dialling. */
  | { readonly what: 'dialled'; readonly outcome: string }
  /** What somebody hears who is not the customer. */
  | { readonly what: 'whispered'; readonly text: string }
  | { readonly what: 'room'; readonly room: string; readonly how: 'entered' | 'left' | 'ended' | 'full' }
  | { readonly what: 'sent_keys'; readonly count: number }
  | { readonly what: 'listens_for_machine' }
  | { readonly what: 'machine'; readonly verdict: string }
  | {
      readonly what: 'recording';
      readonly how: 'started' | 'paused' | 'resumed' | 'stopped' | 'discarded' | 'finished' | 'wanted' | 'not_wanted';
      readonly message: boolean;
      /** When it is finished. */
      readonly durationMs?: number;
    }
  | { readonly what: 'consent'; readonly given: boolean }
  | {
      readonly what: 'ordered';
      readonly kind: string;
      readonly queue: string;
      readonly number: string;
      readonly mode: string;
    }
  | { readonly what: 'not_ordered'; readonly code: string };

/** The line of an event about calls; undefined for those of which nobody needs to be told. `nameOf` knows legs that were dialled. */
export function callEntry(event: Event, nameOf: (legId: LegId) => string): CallEntry | undefined {
  switch (event.kind) {
    case 'leg.asked':
      return { what: 'leg', who: targetName(event.target), how: 'dialled' };
    case 'leg.answered':
      return { what: 'leg', who: nameOf(event.legId), how: 'answered' };
    case 'leg.ended':
      return { what: 'leg', who: nameOf(event.legId), how: 'ended', cause: event.cause };
    case 'leg.refused':
      return { what: 'not_dialled', code: event.code };
    case 'dial.ended':
      return { what: 'dialled', outcome: event.outcome };
    case 'whisper.started':
      return { what: 'whispered', text: heardText(event.parts) };
    case 'room.entered':
      return { what: 'room', room: event.room, how: 'entered' };
    case 'room.left':
      return { what: 'room', room: event.room, how: event.reason };
    case 'dtmf.sent':
      return { what: 'sent_keys', count: event.digits.length };
    case 'detection.asked':
      return { what: 'listens_for_machine' };
    case 'machine.detected':
      return { what: 'machine', verdict: event.verdict };
    case 'order.placed':
      return {
        what: 'ordered',
        kind: event.order.kind,
        queue: event.order.queueId,
        number: event.order.number,
        mode: event.order.mode,
      };
    case 'order.refused':
      return { what: 'not_ordered', code: event.code };
    default:
      return recordingEntry(event);
  }
}

function recordingEntry(event: Event): CallEntry | undefined {
  switch (event.kind) {
    case 'recording.started':
      return { what: 'recording', how: 'started', message: event.why === 'message' };
    case 'recording.paused':
    case 'recording.resumed':
      return { what: 'recording', how: event.kind === 'recording.paused' ? 'paused' : 'resumed', message: false };
    case 'recording.stopped':
      return { what: 'recording', how: event.discard ? 'discarded' : 'stopped', message: false };
    case 'recording.finished':
      return { what: 'recording', how: 'finished', message: false, durationMs: event.durationMs };
    case 'recording.wanted':
      return { what: 'recording', how: event.wanted ? 'wanted' : 'not_wanted', message: false };
    case 'consent.given':
    case 'consent.declined':
      return { what: 'consent', given: event.kind === 'consent.given' };
    default:
      return undefined;
  }
}

export function targetName(target: LegTarget): string {
  return target.to === 'agent' ? target.agentId : target.number;
}
