// The schemas of our OpenAPI document as models of zod and valibot, as one would write them by hand: discriminated unions
// for tagged ones, strict objects where no other field is allowed.
import * as v from "valibot";
import * as z from "zod";

const ZOD = {
  any: () => z.unknown(),
  null: () => z.null(),
  boolean: () => z.boolean(),
  string: ({ minLength, maxLength, pattern }) => {
    let text = z.string();
    if (minLength !== undefined) text = text.min(minLength);
    if (maxLength !== undefined) text = text.max(maxLength);
    return pattern === undefined ? text : text.regex(new RegExp(pattern, "u"));
  },
  number: ({ minimum, maximum }, isWhole) => {
    let number = isWhole ? z.int() : z.number();
    if (minimum !== undefined) number = number.min(minimum);
    return maximum === undefined ? number : number.max(maximum);
  },
  array: (item, { minItems, maxItems }) => {
    let array = z.array(item);
    if (minItems !== undefined) array = array.min(minItems);
    return maxItems === undefined ? array : array.max(maxItems);
  },
  record: (key, item, { maxProperties }) => {
    const record = z.record(key ?? z.string(), item);
    return maxProperties === undefined ? record : record.refine((value) => Object.keys(value).length <= maxProperties);
  },
  object: (fields, isStrict) => (isStrict ? z.strictObject(fields) : z.looseObject(fields)),
  optional: (field) => z.exactOptional(field),
  literal: (value) => z.literal(value),
  choice: (values) => z.enum(values),
  union: (options) => z.union(options),
  variant: (tag, options) => z.discriminatedUnion(tag, options),
};

const VALIBOT = {
  any: () => v.unknown(),
  null: () => v.null(),
  boolean: () => v.boolean(),
  string: ({ minLength, maxLength, pattern }) => piped(v.string(), [
    minLength !== undefined && v.minLength(minLength),
    maxLength !== undefined && v.maxLength(maxLength),
    pattern !== undefined && v.regex(new RegExp(pattern, "u")),
  ]),
  number: ({ minimum, maximum }, isWhole) => piped(v.number(), [
    isWhole && v.integer(),
    minimum !== undefined && v.minValue(minimum),
    maximum !== undefined && v.maxValue(maximum),
  ]),
  array: (item, { minItems, maxItems }) => piped(v.array(item), [
    minItems !== undefined && v.minLength(minItems),
    maxItems !== undefined && v.maxLength(maxItems),
  ]),
  record: (key, item, { maxProperties }) => piped(v.record(key ?? v.string(), item), [
    maxProperties !== undefined && v.maxEntries(maxProperties),
  ]),
  object: (fields, isStrict) => (isStrict ? v.strictObject(fields) : v.looseObject(fields)),
  optional: (field) => v.exactOptional(field),
  literal: (value) => v.literal(value),
  choice: (values) => v.picklist(values),
  union: (options) => v.union(options),
  variant: (tag, options) => v.variant(tag, options),
};

function piped(schema, actions) {
  const given = actions.filter((each) => each !== false);
  return given.length === 0 ? schema : v.pipe(schema, ...given);
}

/** The model of one schema of an OpenAPI document, made with the functions of a library. */
function modelOf(document, name, library) {
  const made = new Map();

  function named(reference) {
    const key = reference.slice(reference.lastIndexOf("/") + 1);
    if (!made.has(key)) made.set(key, model(document.components.schemas[key]));
    return made.get(key);
  }

  function model(schema) {
    if (schema.$ref !== undefined) return named(schema.$ref);
    if (schema.oneOf !== undefined) return library.variant(schema.discriminator.propertyName, schema.oneOf.map(model));
    if (schema.anyOf !== undefined) return library.union(schema.anyOf.map(model));
    if (schema.const !== undefined) return library.literal(schema.const);
    if (Array.isArray(schema.type)) return library.union(schema.type.map((type) => typed({ ...schema, type })));
    return typed(schema);
  }

  function typed(schema) {
    if (schema.enum !== undefined && schema.type !== "null") {
      return library.choice(schema.enum.filter((each) => each !== null));
    }
    switch (schema.type) {
      case undefined: return library.any();
      case "null": return library.null();
      case "boolean": return library.boolean();
      case "string": return library.string(schema);
      case "integer": return library.number(schema, true);
      case "number": return library.number(schema, false);
      case "array": return library.array(model(schema.items ?? {}), schema);
      case "object": return object(schema);
      default: throw new Error(`a schema of type ${schema.type}`);
    }
  }

  function object(schema) {
    const { properties, required = [], additionalProperties, propertyNames } = schema;
    if (properties === undefined) {
      const item = typeof additionalProperties === "object" ? model(additionalProperties) : library.any();
      return library.record(propertyNames === undefined ? undefined : model(propertyNames), item, schema);
    }
    const fields = Object.entries(properties).map(([key, each]) => {
      const field = model(each);
      return [key, required.includes(key) ? field : library.optional(field)];
    });
    return library.object(Object.fromEntries(fields), additionalProperties === false);
  }

  return named(name);
}

export function zodTest(document, name) {
  const model = modelOf(document, name, ZOD);
  return (value) => model.safeParse(value).success;
}

export function valibotTest(document, name) {
  const model = modelOf(document, name, VALIBOT);
  return (value) => v.is(model, value);
}
