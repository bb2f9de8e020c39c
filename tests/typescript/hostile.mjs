// PARLANCE_BUILD=<address of the compiled run-time code> node --test hostile.mjs: no value whatever fails, hangs or pollutes anything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const load = (name) => import(`${process.env.PARLANCE_BUILD}/${name}.js`);
const [json, lookup, message, operators, values, violation] = await Promise.all(
  ["json", "lookup", "message", "operators", "values", "violation"].map(load),
);
const reports = Object.assign({}, ...await Promise.all(["container-faults", "field-faults", "scalar-faults"].map(load)));
const [capability, checks, keywords, plain, subschemas, survey] = await Promise.all(
  ["capability", "checks", "keywords", "plain", "subschemas", "survey"].map(load),
);

const facts = { code: "A", name: "a", severity: "error", message: "{a}" };
const thrower = () => { throw new Error("no"); };
const revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; };
const looped = () => { const value = { type: "object" }; value.properties = { a: value, b: value }; return value; };
const looping = () => { const value = []; value.push(value); return value; };
// Thirty objects, each twice in the next: there are a billion ways through them.
const doubled = () => {
  let value = { type: "string" };
  for (let level = 0; level < 30; level += 1) value = { properties: { a: value, b: value } };
  return value;
};
const deep = (depth) => { let value = 1; for (let level = 0; level < depth; level += 1) value = [value]; return value; };
class Message { role = "user"; }

const FOREIGN = {
  undefined, function: () => 1, symbol: Symbol("s"), bigint: 1n, date: new Date(0), map: new Map(), set: new Set(),
  expression: /a/u, error: new Error("e"), promise: Promise.resolve(), bytes: new Uint8Array(2), boxed: new String("a"),
  instance: new Message(), weak: new WeakMap(), url: new URL("a:b"), class: Message,
};

test("what is not JSON is of no type, and equal to itself only", () => {
  for (const [name, value] of Object.entries(FOREIGN)) {
    const found = [];
    reports.wrongType(value, "", found, "a string");
    assert.equal(found[0].message, "must be a string, not no JSON value", name);
    assert.equal(found[0].code, "PAR103");
    assert.equal(operators.typeName(value), "unknown", name);
    assert.equal(operators.hasType(value, ["object", "array", "unknown"]), false, name);
    assert.equal(operators.size(value), null, name);
    assert.deepEqual(lookup.items(value), [], name);
    assert.equal(lookup.get(value, "role"), null, name);
    assert.equal(message.shown(value), "null", name);
    assert.ok(operators.equal([value], [value]), name);
    assert.equal(operators.compare("<", value, value), false, name);
    assert.equal(operators.plus(value, value), null, name);
  }
  assert.equal(operators.equal(new Date(0), new Date(0)), false);
  assert.equal(operators.equal(new Map(), {}), false);
  assert.equal(values.isUnique([new Date(0), new Date(0)]), true);
  assert.equal(values.isUnique([[thrower], [thrower]]), true);
});

test("a property that is undefined is absent", () => {
  const value = { a: undefined, b: null };
  assert.deepEqual(lookup.items(value), ["b"]);
  assert.equal(operators.size(value), 1);
  assert.equal(lookup.hasKey(value, "a"), false);
  assert.equal(lookup.hasKey(value, "b"), true);
  assert.ok(operators.equal(value, { b: null }));
  assert.ok(operators.equal({ a: undefined }, { b: undefined }));
  assert.equal(values.comparable(value), values.comparable({ b: null }));
  const found = [];
  reports.checkUnknown(value, "", found, new Set(["b"]), "refuse");
  reports.checkTag({ type: undefined }, "", found, "type", ["a"]);
  assert.deepEqual(found.map(({ code }) => code), ["PAR101"]);
  assert.deepEqual({ ...plain.plain(value).value }, { b: null });
});

test("numbers that JSON cannot say are none", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const found = [];
    reports.checkNumber(value, "", found, { least: 0 });
    reports.checkInteger(value, "", found, { least: 0 });
    assert.deepEqual(found.map(({ code, message: text }) => [code, text]), [
      ["PAR103", "must be a number, not NaN or infinite"],
      ["PAR103", "must be an integer, not a fraction"],
    ]);
    assert.equal(values.isMultiple(value, 1), false);
    assert.equal(plain.plain(value).faults[0].code, "PAR005");
  }
  assert.deepEqual([NaN, Infinity, -Infinity].map(message.shown), ["nan", "inf", "-inf"]);
});

test("what an object inherits is not its own", () => {
  const names = ["constructor", "toString", "hasOwnProperty", "__proto__", "valueOf", "isPrototypeOf"];
  for (const name of names) {
    assert.equal(lookup.get({}, name), null);
    assert.equal(lookup.hasKey({}, name), false);
    assert.equal(operators.isIn(name, {}), false);
    assert.equal(lookup.resolves(`#/${name}`, {}), false);
    assert.deepEqual(lookup.select({}, [name]), []);
    assert.equal(message.filled(`{${name}}`, {}), `{${name}}`);
    const own = JSON.parse(`{"${name}": 1}`);
    assert.equal(lookup.get(own, name), 1);
    assert.deepEqual(lookup.select(own, [name]), [[`/${name}`, 1]]);
    assert.deepEqual(Object.keys(operators.without({ ...own, a: 1 }, ["a"])), Object.keys({ ...own }));
    const found = [];
    reports.checkUnknown(own, "", found, new Set(["a"]), "refuse", { foreign: new Map() });
    assert.deepEqual(found.map(({ pointer }) => pointer), [`/${name}`]);
    const wrong = new checks.Findings();
    new keywords.Keywords(new Map(), { string: ["title"] }).check(facts, own, "", wrong);
    assert.deepEqual(wrong.violations, []);
    assert.equal(new capability.Models([]).row(name), undefined);
    assert.deepEqual(Object.keys(plain.plain(own).value), [name]);
  }
});

test("nothing is polluted", () => {
  const evil = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}');
  for (const made of [operators.without(evil, []), plain.plain(evil).value]) {
    assert.equal(made.polluted, undefined);
    assert.deepEqual({ ...lookup.get(made, "__proto__") }, { polluted: true });
  }
  assert.equal({}.polluted, undefined);
  Object.prototype.inherited = 1;
  try {
    assert.equal(lookup.get({}, "inherited"), null);
    assert.deepEqual(lookup.items({}), []);
    assert.deepEqual(lookup.items(plain.plain({}).value), []);
  } finally {
    delete Object.prototype.inherited;
  }
});

test("objects without a prototype and of other realms are objects", () => {
  const others = [Object.create(null), runInContext("({})", createContext()), JSON.parse("{}")];
  for (const value of others) {
    value.a = 1;
    assert.ok(json.isObject(value));
    assert.ok(operators.equal(value, { a: 1 }));
  }
  assert.ok(json.isArray(runInContext("[1]", createContext())));
  for (const value of [Object.create({}), Object.create(Message.prototype), new Proxy(new Map(), {})]) {
    assert.equal(json.isObject(value), false);
  }
});

test("what throws when it is read is a fault of a copy, and not valid", () => {
  const getter = { a: 1, get b() { return thrower(); } };
  const hostile = [
    getter, revoked(), new Proxy({}, { ownKeys: thrower }), new Proxy({ a: 1 }, { get: thrower }),
    new Proxy({}, { getPrototypeOf: thrower }), new Proxy([1], { get: thrower }), new Proxy({ a: 1 }, { getOwnPropertyDescriptor: thrower }),
  ];
  for (const value of hostile) {
    const { faults, value: copy, isComplete } = plain.plain({ c: value, d: 1 });
    assert.deepEqual(faults.map(({ code, pointer }) => [code, pointer]), [["PAR001", "/c"]]);
    assert.deepEqual({ ...copy }, { c: null, d: 1 });
    assert.ok(isComplete);
    assert.equal(plain.holds((each) => lookup.items(lookup.get(each, "c")).length >= 0 && lookup.get(lookup.get(each, "c"), "b") === 1, { c: value }), false);
  }
  assert.deepEqual(plain.plain(new Proxy({ a: [1] }, {})).value.a, [1]);
});

test("every kind of value that is not JSON is a fault of a copy", () => {
  for (const [name, value] of Object.entries(FOREIGN)) {
    const { faults, value: copy } = plain.plain([value]);
    assert.deepEqual(faults.map(({ code, pointer }) => [code, pointer]), [["PAR001", "/0"]], name);
    assert.deepEqual(copy, [null], name);
  }
  assert.equal(plain.plain([new Message()]).faults[0].message, "a value of type Message is not JSON");
  assert.equal(plain.plain({ a: "\ud83d" }).faults[0].code, "PAR007");
  assert.equal(plain.plain({ a: "\ud83d" }).value.a, "\ufffd");
});

test("what lies within itself, or too deep, is a fault of a copy", () => {
  for (const value of [looped(), looping(), deep(600), deep(200_000)]) {
    const { faults, value: copy, isComplete } = plain.plain({ a: value });
    assert.deepEqual(faults.map(({ code }) => code), ["PAR008"]);
    assert.equal(isComplete, false);
    assert.equal(copy, null);
  }
  assert.ok(plain.plain(deep(512)).isComplete);
  assert.equal(plain.plain(deep(513)).isComplete, false);
  assert.ok(plain.plain(doubled()).isComplete);
  assert.deepEqual(plain.plain(Array(5000).fill({ a: 1 })).value.length, 5000);
});

test("walks end, whatever they go through", () => {
  for (const value of [looped(), doubled()]) {
    const found = new checks.Findings();
    const walked = subschemas.subschemas(value);
    assert.ok(walked.length > 0 && walked.length < 1_000_000);
    new keywords.Keywords(new Map(), { schema_map: ["properties"] }).check(facts, value, "", found);
    assert.deepEqual(found.violations, []);
  }
  assert.equal(subschemas.subschemas(looped()).length, 1);
  const shared = { type: "string" };
  assert.equal(subschemas.subschemas({ properties: { a: shared, b: shared } }).length, 3);
  for (const [one, other] of [[looped(), looped()], [looping(), looping()], [doubled(), doubled()]]) {
    assert.ok(operators.equal(one, other));
    assert.equal(values.isUnique([one, one]), false);
  }
  assert.ok(operators.equal(deep(100_000), deep(100_000)));
  assert.equal(values.comparable(deep(100_000)), values.comparable(deep(100_000)));
});

test("arrays that are long because most of them is missing are none", () => {
  const sparse = [];
  sparse[4_000_000_000] = 1;
  sparse[0] = 1;
  for (const value of [sparse, new Array(4_294_967_295)]) {
    assert.equal(json.isArray(value), false);
    assert.deepEqual(lookup.items(value), []);
    assert.equal(operators.equal(value, value), true);
    assert.equal(plain.plain([value]).faults[0].message, "a value of type sparse array is not JSON");
    const found = [];
    reports.wrongType(value, "", found, "an array");
    assert.equal(found[0].message, "must be an array, not no JSON value");
  }
  const short = [1, , 2];
  assert.equal(json.isArray(short), true);
  assert.deepEqual(plain.plain(short).faults.map(({ pointer }) => pointer), ["/1"]);
  assert.ok(json.isArray(new Array(1_000_000).fill(0)));
  assert.equal(operators.total(new Array(1_000_000).fill(1)), 1_000_000);
  const long = new Array(200_000).fill(1);
  assert.ok(long.every((_item, index) => lookup.atKey(long, index) === 1), "each item takes no longer for all the others");
  long.length = 4_000_000_000;
  assert.equal(json.isArray(long), false);
  const huge = new Array(300_000).fill({ type: "x" });
  const look = new checks.Checks([new checks.Check(null, (_document, found) => found.push(violation.violation("A", "", "")), ["/a/*/type"])]);
  assert.equal(look.run({ a: huge }).length, 1);
});

test("long strings take no long time", () => {
  const long = "a".repeat(1_000_000);
  const spaces = `a${" ".repeat(1_000_000)}b`;
  const found = [];
  reports.checkResemblance(long, "", found, ["model"]);
  reports.checkUnknown({ [long]: 1 }, "", found, new Set(["model"]), "keep");
  assert.deepEqual(found, []);
  assert.ok(message.shown(long).length < 80);
  assert.ok(violation.violation("A", "", spaces));
});

test("checks of every kind take every kind of value", () => {
  const all = [...Object.values(FOREIGN), null, true, 1, "a", [], {}, NaN, looping(), looped(), Object.create(null), [undefined]];
  const models = new capability.Models([{ names: /a/u, title: "A", policies: [{ steps: ["a", "*"], rule: facts, values: [1] }] }]);
  for (const value of all) {
    const found = new checks.Findings();
    reports.checkText(value, "", found);
    reports.checkInteger(value, "", found);
    reports.checkNumber(value, "", found);
    reports.checkBoolean(value, "", found);
    reports.checkMember(value, "", found, ["a"], "a name");
    reports.checkConstant(value, "", found, "a", "that");
    capability.checkModels(models, "a", { a: value }, found);
    capability.checkModels(models, value, value, found);
    operators.lacksAny(value, value);
    operators.isIn(value, operators.members(value));
    operators.members(Array(20).fill(value));
    operators.total([value]);
    lookup.find(value, "/a/0");
    lookup.resolves("#/a", value);
    lookup.select(value, ["*", "a"]);
    message.listed([value]);
    assert.ok(found.violations.length > 2);
  }
  assert.ok(survey.prepared([[], ["/a"]]));
});
