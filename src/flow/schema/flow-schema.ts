import { COMMON_FIELDS } from '../common-fields.ts';
import { FLOW_FIELDS } from '../flow-fields.ts';
import { emptyOf, object } from '../shape/object.ts';
import { STEP } from '../shape/reference.ts';
import type { Definitions, Json, JsonSchema } from '../shape/shape.ts';
import type { StepKind } from '../step-kind.ts';
import { STEPS_MAX, shapeOf } from '../step-shape.ts';
import { STEPS } from '../steps.ts';
import { draft07 } from './draft-07.ts';

/** Keys that are the same in all types. */
const SHARED = Object.keys(COMMON_FIELDS).filter((key) => key !== 'type' && key !== 'on');
/** Outcomes of steps of every type; `skipped` and `max_visits` beside `if` and `max_visits`. */
const EVERYWHERE = ['error', 'hangup', 'skipped', 'max_visits'];

/**
 * The JSON Schema of a flow file. What may stand in a step hangs on its `type`, by `if` and `then`: editors then complete the
 * keys of that type alone, and name the key that is wrong; of alternatives (`oneOf`) they would only say that none fits.
 */
export function flowSchema(): JsonSchema {
  return draft07('A flow of Strowger', (definitions) => {
    const flow = object(FLOW_FIELDS).schema(definitions);
    const properties = flow['properties'] as JsonSchema;
    definitions.set('step', stepSchema(definitions));
    const steps = {
      description: FLOW_FIELDS.steps.description,
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}$' },
      additionalProperties: { $ref: '#/definitions/step' },
      minProperties: 1,
      maxProperties: STEPS_MAX,
    };
    return { ...flow, properties: { ...properties, steps } };
  });
}

function stepSchema(definitions: Definitions): JsonSchema {
  const kinds = [...STEPS.values()];
  return {
    type: 'object',
    required: ['type'],
    properties: {
      type: {
        description: 'What the step does.',
        enum: kinds.map(({ type }) => type),
        // Not of draft-07, where it is passed over; the editors that know it show it beside each word.
        enumDescriptions: kinds.map(({ summary }) => summary),
      },
    },
    allOf: kinds.map((kind) => {
      const name = `step.${kind.type}`;
      definitions.set(name, schemaOf(kind, definitions));
      return {
        if: { properties: { type: { const: kind.type } }, required: ['type'] },
        // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema, and nobody waits for a schema
        then: { $ref: `#/definitions/${name}` },
      };
    }),
  };
}

/** Everything that may stand in a step of one type. */
function schemaOf(kind: StepKind, definitions: Definitions): JsonSchema {
  const schema = shapeOf(kind).schema(definitions);
  const properties = schema['properties'] as JsonSchema;
  const outcomes = usualOutcomes(kind);
  const description = describe(kind, outcomes);
  const shared = SHARED.map((key): [string, Json] => {
    const name = `common.${key}`;
    definitions.set(name, properties[key] as JsonSchema);
    return [key, { $ref: `#/definitions/${name}` }];
  });
  return {
    ...schema,
    description,
    properties: {
      ...properties,
      ...Object.fromEntries(shared),
      type: { const: kind.type, description },
      on: withOutcomes(properties['on'] as JsonSchema, [...new Set([...outcomes, ...EVERYWHERE])], definitions),
    },
  };
}

/** The outcomes, so that editors complete them; others may stand there, too, for most types have some that the step names. */
function withOutcomes(on: JsonSchema, outcomes: readonly string[], definitions: Definitions): JsonSchema {
  const description = 'The step that follows when this is the outcome.';
  definitions.set('outcome', { ...STEP.schema(definitions), description });
  const known = outcomes.map((outcome): [string, Json] => [outcome, { $ref: '#/definitions/outcome' }]);
  return { ...on, properties: Object.fromEntries(known) };
}

function describe(kind: StepKind, outcomes: readonly string[]): string {
  const listed = outcomes.length === 0 ? 'no outcomes: nothing follows' : `outcomes: ${outcomes.join(', ')}`;
  const more = kind.outcomesElsewhere ? ', and those of the flow that is called' : '';
  const yet = kind.notAvailable === undefined ? '' : ` ${kind.notAvailable} The outcome is error until then.`;
  return `${kind.summary} ${listed.charAt(0).toUpperCase()}${listed.slice(1)}${more}.${yet}`;
}

/** The outcomes of a step in which nothing is written but what must be. */
export function usualOutcomes(kind: StepKind): readonly string[] {
  const written = emptyOf(kind.fields);
  return kind.outcomes(kind.given ? kind.given(written) : written);
}
