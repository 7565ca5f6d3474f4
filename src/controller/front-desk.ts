import type { Journal } from '../journal/journal.ts';
import type { Forced } from '../model/calendar.ts';
import type { ListStore } from '../model/call/list.ts';
import type { AskedBy } from '../model/event.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { CalendarId } from '../model/ids.ts';
import type { Ears } from '../recognition/ears.ts';
import type { Vault } from '../recordings/vault.ts';
import { agentViews } from './agent-view.ts';
import { askAgent } from './ask-agent.ts';
import { calendarView, calendarViews } from './calendar-view.ts';
import { createCallControl } from './call-control/control-calls.ts';
import { createTelephony, type Telephone } from './call-control/telephony.ts';
import { createConversations, type TalkingHall } from './chat/create-conversations.ts';
import { contactViews } from './contact-view.ts';
import { createDecisionsDesk } from './decisions/decisions-desk.ts';
import type { CalendarView, Desk, Health } from './desk.ts';
import { createEmergencyStop } from './emergency/stop.ts';
import { createFlowDesk, type Keeper } from './flow-desk.ts';
import { createLists } from './outbound/ask-lists.ts';
import { createOrders } from './outbound/ask-orders.ts';
import { queueViews } from './queue-view.ts';
import { createRecordings } from './recordings/create-recordings.ts';
import { createTranscriptions } from './transcription/create-transcriptions.ts';
import { createSupervision } from './watch/supervise.ts';

/** The controller's public face over a running hall. */
export function createFrontDesk(
  hall: TalkingHall,
  journal: Journal,
  health: () => Health,
  flows: Keeper,
  telephone: Telephone,
  vault: Vault,
  listStore: ListStore,
  ears?: Pick<Ears, 'hears'>,
): Desk {
  const decisions = createDecisionsDesk(
    journal,
    () => hall.state.acd.site,
    () => hall.now(),
  );
  return {
    health,
    site: () => hall.state.acd.site,
    queues: () => queueViews(hall.state, hall.now()),
    agents: () => agentViews(hall.state, hall.now()),
    contacts: () => contactViews(hall.state),
    calendars: () => calendarViews(hall.state, hall.now()),
    askAgent: (agentId, wish, by) => askAgent(hall, agentId, wish, by),
    forceCalendar: (calendarId, forced, by) => forceCalendar(hall, calendarId, forced, by),
    story: async (contactId) => {
      const found = await fromJournal(() => journal.ofContact(contactId));
      if (!found.ok || found.value.length > 0) return found;
      return failed('contact.unknown', 'There is no contact with this id.', { contactId });
    },
    entries: ({ fromMs, toMs, kinds }, visit) => fromJournal(() => journal.between(fromMs, toMs, kinds, visit)),
    decisions: decisions.ofContact,
    agentDecisions: decisions.ofAgent,
    conversations: createConversations(hall),
    callControl: createCallControl(hall),
    supervision: createSupervision(hall),
    emergencyStop: createEmergencyStop(hall),
    telephony: createTelephony(hall, telephone),
    orders: createOrders(hall),
    lists: createLists(hall, listStore),
    recordings: createRecordings(hall, vault),
    transcriptions: createTranscriptions(hall, ears),
    ...createFlowDesk(hall, journal, flows),
  };
}

async function fromJournal<T>(read: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await read());
  } catch {
    return failed('journal.unavailable', 'The database does not answer. Try again in a moment.');
  }
}

function forceCalendar(
  hall: TalkingHall,
  calendarId: CalendarId,
  forced: Forced | null,
  by: AskedBy,
): Result<CalendarView> {
  const atMs = hall.now();
  if (!calendarView(hall.state, calendarId, atMs)) {
    return failed('calendar.unknown', 'There is no calendar with this id.', { calendarId });
  }
  if ((hall.state.acd.forced.get(calendarId) ?? null) !== forced) {
    hall.enter({ kind: 'calendar.forced', atMs, calendarId, forced, by });
  }
  return ok(calendarView(hall.state, calendarId, atMs)!);
}
