import type { FastifyInstance } from 'fastify';
import type { FlowVersionView } from '../../controller/desk.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, BODY_ERRORS } from '../errors.ts';
import { moment } from '../moments.ts';
import { count, keyedAnswers, listOf, moment as momentOf, momentOrNull, shape, text } from '../schemas.ts';

const version = shape({
  version: { ...text, description: 'Hash of all files of the folder.' },
  flows: { ...count, description: 'How many flows it has.' },
  ...momentOf('firstLoadedAt'),
  ...momentOf('loadedAt'),
  inService: { type: 'boolean', description: 'New contacts begin in it.' },
  pinned: { type: 'boolean', description: 'Brought into service by hand: it stays until the folder changes.' },
  contacts: { ...count, description: 'Contacts that run in it.' },
});
const versions = shape({ versions: listOf(version) });
const example = {
  version: '3f2a9c01d4e5b678',
  flows: 8,
  ...moment('firstLoadedAt', 1_795_165_200_000),
  ...moment('loadedAt', 1_795_165_200_000),
  inService: true,
  pinned: false,
  contacts: 3,
};
const activateBody = shape({
  version: { ...text, minLength: 1, maxLength: 64, description: 'One of the versions listed.' },
});

const status = shape({
  version: { ...text, description: 'In service: new contacts begin in it.' },
  folderVersion: { ...text, description: 'What the folder held when it was last in order.' },
  pinned: { type: 'boolean', description: 'Brought into service by hand: it stays until the folder changes.' },
  loads: { ...count, description: 'Folders found in order since the start.' },
  refusals: { ...count, description: 'Folders refused since the start, because something was wrong with them.' },
  ...momentOrNull('refusedAt'),
  problems: {
    ...listOf(shape({ code: text, file: text, line: count, column: count, message: text })),
    description: 'What is wrong with the folder as it is now, the first 200.',
  },
  problemsOmitted: count,
});
const statusExample = {
  version: '3f2a9c01d4e5b678',
  folderVersion: '3f2a9c01d4e5b678',
  pinned: false,
  loads: 4,
  refusals: 1,
  ...moment('refusedAt', 1_795_165_200_000),
  problems: [],
  problemsOmitted: 0,
};

export function flowRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/flows',
    {
      schema: {
        summary: 'How the flows folder stands',
        description: 'Which version is in service, how often folders were loaded and refused, and what is wrong now.',
        tags: ['flows'],
        operationId: 'getFlows',
        ...keyedAnswers('The folder.', status, statusExample, []),
      },
    },
    async () => {
      const { problems, ...rest } = desk.flows();
      const told = problems.map(({ code, file, line, column, message }) => ({ code, file, line, column, message }));
      return { ...rest, ...moment('refusedAt', rest.refusedAtMs), problems: told };
    },
  );
  app.get(
    '/v1/flows/versions',
    {
      schema: {
        summary: 'Versions of the flows',
        description: 'Versions of the flows folder that were in service, the newest 100, the last loaded first.',
        tags: ['flows'],
        operationId: 'listFlowVersions',
        ...keyedAnswers('The versions.', versions, { versions: [example] }, ['journal.unavailable']),
      },
    },
    async () => {
      const found = await desk.flowVersions();
      if (!found.ok) throw new ApiError(found.failure);
      return { versions: found.value.map(answer) };
    },
  );
  app.post<{ Body: { version: string } }>(
    '/v1/flows/activate',
    {
      schema: {
        summary: 'Bring a version back into service',
        description:
          'New contacts begin in it at once, and the site is the one of that version; contacts under way keep theirs. It stays, over restarts too, until a change of the folder comes into service.',
        tags: ['flows'],
        operationId: 'activateFlows',
        body: activateBody,
        ...keyedAnswers('The version, now in service.', version, { ...example, pinned: true }, [
          'request.invalid',
          'flows.version_unknown',
          'flows.recordings_gone',
          'journal.unavailable',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ body }) => activated(desk, body.version),
  );
  app.post(
    '/v1/flows/rollback',
    {
      schema: {
        summary: 'Go back to the version before',
        description: 'As activate, with the version that was in service before the one that is.',
        tags: ['flows'],
        operationId: 'rollBackFlows',
        ...keyedAnswers('The version, now in service.', version, { ...example, pinned: true }, [
          'flows.no_earlier',
          'flows.version_unknown',
          'flows.recordings_gone',
          'journal.unavailable',
          ...BODY_ERRORS,
        ]),
      },
    },
    async () => activated(desk),
  );
}

async function activated(desk: ApiContext['desk'], wanted?: string) {
  const found = await desk.activateFlows(wanted);
  if (!found.ok) throw new ApiError(found.failure);
  return answer(found.value);
}

function answer(view: FlowVersionView) {
  return { ...view, ...moment('firstLoadedAt', view.firstLoadedAtMs), ...moment('loadedAt', view.loadedAtMs) };
}
