import type { AgentId } from '../../../model/ids.ts';
import type { AriClient } from '../ari/client.ts';

/** Who writes, as phones show it. */
const FROM = 'sip:strowger@strowger';

/** A SIP MESSAGE to an agent's phone. Rejects with AriError; that a phone did not take it, Asterisk tells its log alone. */
export async function sendText(ari: AriClient, agentId: AgentId, text: string): Promise<void> {
  await ari.request('endpoints.sendMessageToEndpoint', { tech: 'PJSIP', resource: agentId, from: FROM, body: text });
}
