// node hostile_verdicts.mjs <address of the compiled run-time code>: judges values that no JSON text says, and writes,
// for each, what is found, whether it is valid, and whether all that is shared is still as it was.
const load = (name) => import(`${process.argv[2]}/${name}.js`);
const [artifacts, engine, validity, json, violation] = await Promise.all(
  ["verdict/artifact", "verdict/engine", "verdict/validity", "json", "violation"].map(load),
);
const reports = Object.assign({}, ...await Promise.all(["container-faults", "scalar-faults"].map(load)));

// An object with a text `model`, which may have a text `note`, and `items` of such objects.
function collect(value, at, found) {
  if (!json.isObject(value)) return reports.wrongType(value, at, found, "an object");
  const model = json.own(value, "model");
  if (model === undefined) reports.missingField(at, found, "model");
  else reports.checkText(model, `${at}/model`, found);
  const note = json.own(value, "note");
  if (note !== undefined) reports.checkText(note, `${at}/note`, found, { mediaType: "application/json" });
  const items = json.own(value, "items");
  if (items === undefined) return undefined;
  if (!json.isArray(items)) return reports.wrongType(items, `${at}/items`, found, "an array");
  items.forEach((item, index) => { collect(item, `${at}/items/${index}`, found); });
  return undefined;
}

function isSound(value) {
  const found = [];
  collect(value, "", found);
  return found.length === 0;
}

const fields = new Set(["model", "note", "items"]);
const kind = artifacts.kind({ name: "request", isSound, required: ["model"], fields });
const isOld = (value) => json.isObject(value) && json.own(value, "model") === "old";
const rules = { run: (value) => (isOld(value) ? [violation.violation("PAR201", "/model", "old")] : []) };
const request = artifacts.artifact({ kind, collect, rules });
const dialect = { id: "small", kinds: [kind], inside: new Set() };

function nested(levels) {
  let value = { model: "m" };
  for (let level = 0; level < levels; level += 1) value = { model: "m", items: [value] };
  return value;
}

function shared(levels) {
  let value = ["m"];
  for (let level = 0; level < levels; level += 1) value = [value, value];
  return value;
}

const cycle = { model: "m" };
cycle.self = cycle;
const throwing = new Proxy({}, { ownKeys() { throw new Error("no"); }, getPrototypeOf() { throw new Error("no"); } });
let reads = 0;
class Request { model = "m"; }

const values = {
  "plain": { model: "m" },
  "without prototype": Object.assign(Object.create(null), { model: "m" }),
  "broken rule": { model: "old" },
  "own __proto__": JSON.parse('{"model": "m", "__proto__": {"polluted": true}}'),
  "model from __proto__": JSON.parse('{"__proto__": {"model": "m"}}'),
  "constructor": JSON.parse('{"model": "m", "constructor": {"prototype": {"polluted": true}}}'),
  "keys of prototypes alone": { toString: "m", hasOwnProperty: 1 },
  "inherited": Object.create({ model: "m" }),
  "undefined": undefined,
  "undefined field": { model: "m", note: undefined },
  "undefined item": { model: "m", items: [undefined] },
  "NaN": { model: "m", x: NaN },
  "function": { model: "m", x: () => 1 },
  "symbol": { model: Symbol("m") },
  "bigint": { model: "m", x: 1n },
  "date": { model: "m", x: new Date(0) },
  "map": new Map([["model", "m"]]),
  "class": new Request(),
  "half a pair": { model: "\ud800" },
  "half a pair in a key": { model: "m", "\ud800": 1 },
  "cycle": cycle,
  "deep": nested(100_000),
  "nearly too deep": nested(255),
  "too deep": nested(256),
  "shared": { model: "m", x: shared(60) },
  "shared where a text is meant": { model: "m", note: shared(60), items: shared(60) },
  "sparse": { model: "m", items: Array(1_000_000_000) },
  "long": { model: "m", items: Array.from({ length: 200_000 }, () => ({ model: "m" })) },
  "throwing getter": { get model() { throw new Error("no"); } },
  "throwing proxy": { model: "m", x: throwing },
  "throwing proxy alone": throwing,
  "getter": { get model() { return "m"; } },
  "changing getter": { get model() { return (reads += 1) > 1 ? 1 : "m"; } },
  "long text that is no JSON": { model: "m", items: `[${'{"a":'.repeat(300_000)}` },
  "long text": { model: ["m".repeat(3_000_000)] },
};

const results = Object.entries(values).map(([name, value]) => {
  const [check, lint] = [engine.check, engine.lint].map((judge) => judge(dialect, request, value));
  const isUntouched = {}.polluted === undefined && Object.keys(Object.prototype).length === 0;
  const shown = check.slice(0, 5).map(({ code, pointer }) => [code, pointer]);
  const isAgreed = check.length === lint.length;
  const hasError = check.some(({ severity }) => severity === "error");
  return [name, { found: shown, isAgreed, hasError, isValid: validity.isValid(request, value), isUntouched }];
});
process.stdout.write(JSON.stringify(Object.fromEntries(results)));
