import { askController } from './ask-controller.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { wrongUsage } from './wrong-usage.ts';

type Stopped = { readonly queueId: string | null; readonly flowId: string; readonly since: string };
type Answer = { readonly emergencies: readonly Stopped[] };

/** The emergency stop, by the controller that runs: it holds from the moment in which this command ends. */
export const emergency: CliCommand = {
  name: 'emergency',
  usage: '[--queue QUEUE] [--flow FLOW | --stop | --lift] [--json]',
  summary: 'sends all calls of a queue or the site to a flow, or lifts that; without more says what is stopped',
  async run(args, env) {
    const options = readOptions(args, { values: ['queue', 'flow'], flags: ['stop', 'lift', 'json'] });
    if (typeof options === 'string') return wrongUsage(emergency, options);
    const { values, flags, others } = options;
    const { queue, flow } = values;
    if (others.length > 0) return wrongUsage(emergency, 'A flow is named by --flow, a queue by --queue.');
    const stops = flow !== undefined || flags.has('stop');
    if (stops && flags.has('lift')) return wrongUsage(emergency, 'Either stop or lift, not both.');
    if (queue !== undefined && !stops && !flags.has('lift')) {
      return wrongUsage(emergency, 'Say what is to be done with the queue: --flow FLOW, --stop or --lift.');
    }
    const path = queue === undefined ? '/v1/emergency' : `/v1/queues/${encodeURIComponent(queue)}/emergency`;
    const answer = stops
      ? await askController<Answer>(env, path, flow === undefined ? {} : { flow })
      : await askController<Answer>(env, path, undefined, flags.has('lift') ? 'DELETE' : 'GET');
    process.stdout.write(flags.has('json') ? `${JSON.stringify(answer, undefined, 2)}\n` : emergencyText(answer));
    return 0;
  },
};

/** A line for each that is stopped. */
export function emergencyText({ emergencies }: Answer): string {
  if (emergencies.length === 0) return 'Nothing is stopped.\n';
  return emergencies
    .map(({ queueId, flowId, since }) => {
      const what = queueId === null ? 'The site' : `Queue ${queueId}`;
      return `${what} is stopped since ${since}: all calls go to the flow ${flowId}.\n`;
    })
    .join('');
}
