import type { FastifySchemaValidationError } from 'fastify';
import { type ApiError, apiError } from './errors.ts';

/** Longest list of allowed words in an error. */
const ALLOWED_CHARACTERS_MAX = 200;

/** Fastify's words for the parts of a request, and ours. */
const PARTS: Readonly<Record<string, string>> = {
  querystring: 'query',
  params: 'path',
  body: 'body',
  headers: 'headers',
};

type Finding = FastifySchemaValidationError & { parentSchema?: { properties?: object } };

/** Turns the first finding of the schema check into an error that names the place and what is allowed there. */
export function invalid(finding: Finding | undefined, context: string | undefined): ApiError {
  const part = PARTS[context ?? ''] ?? 'request';
  if (!finding) return apiError('request.invalid');
  const { params } = finding;
  const missing = finding.keyword === 'required' ? `/${params['missingProperty']}` : '';
  const extra = finding.keyword === 'additionalProperties' ? `/${params['additionalProperty']}` : '';
  const path = `${finding.instancePath}${missing}${extra}` || '/';
  const allowed = allowedAt(finding).slice(0, ALLOWED_CHARACTERS_MAX);
  const problem = extra ? 'is not known here' : missing ? 'is missing' : 'is not allowed';
  return apiError('request.invalid', `${path} in the ${part} ${problem}; allowed: ${allowed}.`, {
    in: part,
    path,
    allowed,
  });
}

function allowedAt({ keyword, params, message, parentSchema }: Finding): string {
  if (keyword === 'enum') return (params['allowedValues'] as string[]).join(', ');
  if (keyword === 'additionalProperties' || keyword === 'required')
    return Object.keys(parentSchema?.properties ?? {}).join(', ') || 'nothing';
  return (message ?? keyword).replace(/^must be /, '');
}
