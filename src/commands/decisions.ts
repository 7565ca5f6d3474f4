import { askController } from './ask-controller.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { wrongUsage } from './wrong-usage.ts';

/** What the API tells of a decision, as far as it is printed. */
type Decision = {
  readonly at: string;
  readonly contactId: string;
  readonly text: string;
  readonly offer?: { readonly notChosen?: { readonly because: string; readonly text: string } };
};
type OfAgent = { readonly offered: readonly Decision[]; readonly passedOver: readonly Decision[] };

export const decisions: CliCommand = {
  name: 'decisions',
  usage: '[CONTACT] [--agent AGENT] [--since 1h] [--json]',
  summary: 'tells why a contact went to whom, or why an agent was not chosen',
  async run(args, env) {
    const options = readOptions(args, { values: ['agent', 'since'], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(decisions, options);
    const { agent, since } = options.values;
    const [contact, ...others] = options.others;
    if (others.length > 0) return wrongUsage(decisions, 'It takes one contact at most.');
    if (contact !== undefined && since !== undefined) {
      return wrongUsage(decisions, '--since is for an agent without a contact.');
    }
    if (contact !== undefined) {
      const query = agent === undefined ? '' : `?agent=${encodeURIComponent(agent)}`;
      const answer = await askController<{ decisions: readonly Decision[] }>(
        env,
        `/v1/contacts/${encodeURIComponent(contact)}/decisions${query}`,
      );
      print(options.flags.has('json') ? json(answer) : contactText(answer.decisions));
      return 0;
    }
    if (agent === undefined) return wrongUsage(decisions, 'Which contact, or which agent?');
    const sinceMs = spanMs(since ?? '1h');
    if (sinceMs === undefined) return wrongUsage(decisions, '--since takes a time such as 90s, 30m, 8h or 2d.');
    const path = `/v1/agents/${encodeURIComponent(agent)}/decisions?from=${Date.now() - sinceMs}`;
    const answer = await askController<OfAgent>(env, path);
    print(options.flags.has('json') ? json(answer) : agentText(agent, since ?? '1h', answer));
    return 0;
  },
};

/** The decisions about one contact, a paragraph each. */
export function contactText(found: readonly Decision[]): string {
  if (found.length === 0) return 'Nothing was decided about this contact: it was in no queue.\n';
  return found.map((one) => paragraph(one)).join('');
}

export function agentText(agent: string, since: string, { offered, passedOver }: OfAgent): string {
  const offers = offered.map((one) => paragraph(one, true)).join('') || '  none\n';
  const others = passedOver.map((one) => paragraph(one, true)).join('') || '  none\n';
  return `Offered to ${agent} in the last ${since}:\n${offers}\nOffered to others from the same queues, the newest:\n${others}`;
}

function paragraph({ at, contactId, text, offer }: Decision, named = false): string {
  const contact = named ? `  ${contactId}` : '';
  const why = offer?.notChosen ? `    ${offer.notChosen.text}\n` : '';
  return `${at}${contact}\n  ${text}\n${why}`;
}

/** `90s`, `30m`, `8h`, `2d` in ms. */
export function spanMs(written: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(written) ?? [];
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? ''];
  return digits === undefined || unitMs === undefined ? undefined : Number(digits) * unitMs;
}

function json(answer: object): string {
  return `${JSON.stringify(answer, undefined, 2)}\n`;
}

function print(text: string): void {
  process.stdout.write(text);
}
