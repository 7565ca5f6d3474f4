import type { Command } from '../../model/command.ts';
import type { Event } from '../../model/event.ts';
import type { ContactId } from '../../model/ids.ts';

/** What the door has to do because of one event of a contact that is written. */
export function textTasks(contactId: ContactId, event: Event): Command[] {
  switch (event.kind) {
    case 'answer.requested':
      return [{ do: 'answer', contactId }];
    case 'prompt.started': {
      const { promptId, parts, choices = [], sensitive = false } = event;
      return [{ do: 'show', contactId, promptId, parts, choices, sensitive }];
    }
    case 'message.sent': {
      const { messageId, text, agentId, atMs } = event;
      return [{ do: 'send_message', contactId, messageId, text, agentId, atMs }];
    }
    case 'hangup.requested':
      return [{ do: 'hangup', contactId, cause: event.cause }];
    case 'contact.queued':
    case 'contact.dequeued':
    case 'contact.connected':
    case 'contact.requeued':
    case 'contact.handled':
    case 'contact.ended':
      return [{ do: 'show_status', contactId }];
    default:
      return [];
  }
}
