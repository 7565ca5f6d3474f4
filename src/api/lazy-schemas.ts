import ajvCompiler, { type ValidatorFactory } from '@fastify/ajv-compiler';
import serializerSelector, { type SerializerCompiler } from '@fastify/fast-json-stringify-compiler';
import type { FastifyServerOptions } from 'fastify';

type Factories = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;

/** What ajv makes of a schema; the findings of the last call stand at the function itself (ajv, `ValidateFunction`). */
type Validate = { (data: unknown): unknown; errors?: unknown };
type CompileValidator = (route: unknown) => Validate;

/**
 * Fastify's own compilers, but each schema is compiled when its route is asked for the first time. All of them together
 * take a core most of a second, and a controller that comes back after a crash has calls to decide about in that second.
 */
export function lazySchemas(): Factories {
  const validators = ajvCompiler() as unknown as (...made: readonly unknown[]) => CompileValidator;
  const serializers = serializerSelector();
  const buildValidator = (schemas: unknown, options: unknown): CompileValidator => {
    const compile = once(() => validators(schemas, options));
    return (route) => lazyValidator(once(() => compile()(route)));
  };
  return {
    buildValidator: buildValidator as unknown as ValidatorFactory,
    buildSerializer: (schemas, options) => {
      const compile = once(() => serializers(schemas, options));
      return ((route) => {
        const serialize = once(() => compile()(route));
        return (answer: unknown) => serialize()(answer);
      }) as SerializerCompiler;
    },
  };
}

function lazyValidator(made: () => Validate): Validate {
  const lazy: Validate = (data) => {
    const validate = made();
    const valid = validate(data);
    lazy.errors = validate.errors;
    return valid;
  };
  return lazy;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
