import type { Line } from '../../model/transcript.ts';
import type { TextHost, Written } from '../channel.ts';
import type { Connection } from './connection.ts';
import type { ServerFrame } from './frames.ts';

/**
 * Sends a connection what it does not have yet: lines after the last one sent, and the status when it changed. There is
 * no other way for a line to go out, so nothing can be lost or doubled, whatever order things happen in.
 */
export function deliver(host: TextHost, connection: Connection): void {
  const { contactId } = connection;
  const written = contactId === undefined ? undefined : host.written(contactId);
  if (!written) return;
  const { lines } = written.transcript;
  // Numbers of lines have no gaps, so the place of the next one to send can be worked out.
  const first = Math.max(0, connection.sentSeq + 1 - (lines[0]?.seq ?? 1));
  for (const line of lines.slice(first)) {
    connection.send(messageFrame(line, written));
    connection.sentSeq = line.seq;
  }
  const status = JSON.stringify({ type: 'status', ...written.status });
  if (status === connection.sentStatus) return;
  connection.sentStatus = status;
  connection.send({ type: 'status', ...written.status });
  if (written.status.status === 'ended') connection.end();
}

function messageFrame(line: Line, { agentName }: Written): ServerFrame {
  const { seq, id, from, agentId, text, choices, sensitive, atMs } = line;
  return {
    type: 'message',
    seq,
    id,
    from,
    ...(agentId === undefined ? {} : { name: agentName(agentId) }),
    text,
    ...(choices ? { choices } : {}),
    ...(sensitive ? { sensitive } : {}),
    at: new Date(atMs).toISOString(),
  };
}
