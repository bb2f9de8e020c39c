// node run.mjs <address of the compiled run-time code>: reads {"shared": {…}, "cases": [[function, arguments], …]}, and
// writes what each gives.
// A number that JSON cannot say is written {"$number": "NaN"}, both ways; a bigint {"$bigint": "1"}.
import { readFileSync } from "node:fs";

const build = process.argv[2];
const names = [
  "capability", "characters", "checks", "json", "keywords", "lookup", "message", "operators", "patterns/index", "plain", "rule",
  "sequence", "subschemas", "suggestion", "text", "values", "violation",
  "container-faults", "field-faults", "pattern-search", "scalar-faults", "spelt-faults", "value-words",
];
const loaded = await Promise.all(names.map((name) => import(`${build}/${name}.js`)));
const [
  capability, characters, checks, json, keywords, lookup, message, operators, patterns, plain, rule,
  sequence, subschemas, suggestion, text, values, violation, ...faulty
] = loaded;
const reports = Object.assign({}, ...faulty);

const shown = (fault) => [
  fault.code, fault.severity, fault.pointer, fault.message, fault.help, fault.known, fault.onKey, fault.mediaType,
];

// What a function adds to the faults, the list of which is its third argument.
const collected = (check) => (value, at, ...others) => {
  const found = [];
  check(value, at, found, ...others);
  return found.map(shown);
};

// Where Python says \\Z, JavaScript says $; Python's own $ lets the end of a line follow.
const regex = (source) => new RegExp(source.replace(/\$$/u, "(?=\\n?$)").replaceAll("\\Z", "$"), "u");
const bounds = ({ search, ...others }) => (search === undefined ? others : { ...others, search: regex(search) });

// The facts of a rule have its texts, too.
const own = { get: (facts) => facts };
const reported = () => new checks.Findings(rule.worded(own));

function modelsOf(rows) {
  const reasoning = (root) => lookup.get(root, "reasoning_effort") !== null;
  const policies = (all) => all.map(({ facts, excepted, ...policy }) => {
    const unless = excepted ? { unless: (_root, reasons) => reasons } : {};
    return { ...policy, ...unless, rule: facts };
  });
  return new capability.Models(rows.map((row) => ({
    names: regex(row.names), title: row.title, policies: policies(row.policies), reasoning, continues: row.continues,
  })));
}

function surveyOf(rows) {
  const made = (facts, { isOfOne, needs, reads, point }) =>
    new checks.Check(isOfOne ? facts : null, (_document, found) => found.report(facts, "", {}), needs, { reads, point });
  const all = rows.map((row) => made(row.facts, row));
  const errors = all.filter((check) => check.rule === null || rule.isOfErrors(check.rule));
  return { all: checks.spoken(new checks.Checks(all), own), errors: checks.spoken(new checks.Checks(errors), own) };
}

function malformedOf(schemaKeywords) {
  const wrong = { code: "A", severity: "error", message: "{keyword}: {expected}, {actual}" };
  const typed = { code: "B", severity: "error", message: "{type}" };
  return checks.spoken(new checks.Checks([
    new checks.Check(typed, (document, found) => {
      for (const { schema, path } of found.schemas(lookup.get(document, "schema"))) {
        if (lookup.hasKey(schema, "type")) found.report(typed, `/schema${path}/type`, { type: schema.type });
      }
    }, ["/schema/**/type"], { reads: ["type"], point: "/type" }),
    new checks.Check(wrong, (document, found) => schemaKeywords.check(wrong, lookup.get(document, "schema"), "/schema", found), ["/schema"]),
  ]), own);
}

const each = (rows, make) => Object.fromEntries(Object.entries(rows).map(([name, all]) => [name, make(all)]));
const { shared, cases } = JSON.parse(readFileSync(0, "utf8"), revived);
const schemaKeywords = new keywords.Keywords(new Map(Object.entries(shared.advice ?? {})), shared.kinds ?? {});
const models = each(shared.models ?? {}, modelsOf);
const surveys = each(shared.checks ?? {}, surveyOf);
const malformed = malformedOf(schemaKeywords);

const functions = {
  exportsOf: (name) => Object.keys(loaded[names.indexOf(name)]),
  lengthOf: characters.lengthOf,
  firstOf: characters.firstOf,
  stripped: characters.stripped,
  compareText: (left, right) => Math.sign(characters.compareText(left, right)),
  lowered: (one) => one.toLowerCase(),
  assigned: (one) => one.replace(/\p{Cn}/gu, ""),
  equal: operators.equal,
  compare: operators.compare,
  isIn: (value, container) => operators.isIn(value, operators.members(container)),
  lacksAny: operators.lacksAny,
  plus: operators.plus,
  minus: operators.minus,
  times: operators.times,
  total: operators.total,
  size: operators.size,
  without: operators.without,
  typeName: operators.typeName,
  hasType: operators.hasType,
  isMultiple: values.isMultiple,
  isUnique: values.isUnique,
  comparable: (left, right) => values.comparable(left) === values.comparable(right),
  string: text.string,
  startsWith: text.startsWith,
  endsWith: text.endsWith,
  contains: text.contains,
  matchesPattern: (value, source) => text.matchesPattern(value, regex(source)),
  isJson: text.isJson,
  isJsonObject: text.isJsonObject,
  isBase64: text.isBase64,
  byteSize: text.byteSize,
  mimeType: text.mimeType,
  dataOf: text.dataOf,
  listed: message.listed,
  shown: message.shown,
  filled: message.filled,
  get: lookup.get,
  hasKey: lookup.hasKey,
  atKey: lookup.atKey,
  items: lookup.items,
  entries: (value) => [...lookup.entries(value)],
  select: lookup.select,
  find: lookup.find,
  resolves: lookup.resolves,
  followPairs: (steps) => sequence.followPairs(steps),
  checkSequence: (facts, places, order) => {
    const found = reported();
    const following = new Map(Object.entries(order.following));
    sequence.checkSequence(facts, places, { ...order, following }, found);
    return found.violations.map(shown);
  },
  ruleAt: (facts, pointer, all, names) => shown(rule.worded(own)(facts, pointer, all, { known: names })),
  checkModels: (dialect, name, root) => {
    const found = reported();
    capability.checkModels(models[dialect], name, root, found);
    return found.violations.map(shown);
  },
  refusedByModel: (dialect, name, root) => capability.refusedByModel(models[dialect], name, root),
  survey: (dialect, kind, document) => surveys[dialect][kind].run(document).map(shown),
  malformed: (document) => malformed.run(document).map(shown),
  rejects: (schema) => schemaKeywords.rejects(schema),
  isOneOf: operators.isOneOf,
  hasMoreThan: operators.hasMoreThan,
  hasAny: (value, keys) => json.hasAny(value, new Set(keys)),
  schemasIn: (schema) => subschemas.schemasIn(schema).map(({ schema: one, depth }) => [one, depth]),
  subschemas: (schema) => subschemas.subschemas(schema).map(({ schema: one, path, depth }) => [one, path, depth]),
  regexFault: patterns.regexFault,
  lookAround: patterns.lookAround,
  suggestions: (word, names, used) => suggestion.suggestions(word, names, new Set(used)),
  question: (found) => suggestion.question(found) ?? "",
  plain: (value) => {
    const { value: copy, faults, isComplete } = plain.plain(value);
    return [copy, faults.map((fault) => [fault.code, fault.pointer, fault.message, fault.help]), isComplete];
  },
  withSeverities: (codes, severities) => {
    const found = codes.map((code, index) => violation.violation(code, `/${index}`, "m"));
    return violation.withSeverities(found, new Map(Object.entries(severities))).map(shown);
  },
  hasError: (all) => violation.hasError(all.map((severity) => violation.violation("A", "", "m", { severity }))),
  firstError: (all) => {
    const found = new violation.FirstError();
    try {
      for (const severity of all) found.push(violation.violation("A", "", "m", { severity }));
    } catch (error) {
      return error instanceof violation.ErrorFound;
    }
    return [...found].length > 0;
  },
  escape: violation.escape,
  wrongType: collected(reports.wrongType),
  missingField: collected((name, at, found) => reports.missingField(at, found, name)),
  noVariant: collected((names, at, found) => reports.noVariant(at, found, names)),
  missingExpected: (at, name, missing) => {
    const found = [];
    for (const place of missing) reports.missingField(place, found, "x");
    reports.missingExpected(at, found, name);
    return found.map(shown);
  },
  checkVariants: (value, at) => {
    const found = [];
    const whole = (one, place, faults) => reports.checkInteger(one, place, faults, { least: 1 });
    const named = (one, place, faults) => reports.checkMember(one, place, faults, ["a", "b"], "a name");
    reports.checkVariants(value, at, found, [whole, named], "a number or a name");
    return found.map(shown);
  },
  checkText: collected((value, at, found, all) => reports.checkText(value, at, found, bounds(all))),
  checkInteger: collected(reports.checkInteger),
  checkNumber: collected(reports.checkNumber),
  checkBoolean: collected(reports.checkBoolean),
  checkMember: collected(reports.checkMember),
  checkResemblance: collected(reports.checkResemblance),
  checkConstant: collected(reports.checkConstant),
  checkTag: collected(reports.checkTag),
  checkArray: collected(reports.checkArray),
  checkMap: collected(reports.checkMap),
  invalidKey: collected((key, at, found, all) => reports.invalidKey(at, found, key, bounds(all))),
  refusedField: collected((name, at, found, ...others) => reports.refusedField(at, found, name, ...others)),
  checkUnknown: collected((value, at, found, fields, policy, refused, foreign) => {
    const beyond = { refused: new Set(refused), foreign: new Map(Object.entries(foreign)) };
    reports.checkUnknown(value, at, found, new Set(fields), policy, beyond);
  }),
};

function revived(_key, value) {
  if (value?.$number !== undefined) return Number(value.$number);
  return value?.$bigint === undefined ? value : BigInt(value.$bigint);
}
const written = (_key, value) =>
  typeof value === "number" && !Number.isFinite(value) ? { $number: String(value) } : value;

const results = cases.map(([name, all]) => functions[name](...all) ?? null);
process.stdout.write(JSON.stringify(results, written));
