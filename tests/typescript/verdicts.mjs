// node verdicts.mjs <address of the compiled run-time code>: reads {"dialect", "answers", "questions"}, judges the
// document of each question with the answers that Python's structure and rules gave, and writes what it finds.
import { readFileSync } from "node:fs";

// A number that JSON cannot say is written {"$number": "NaN"}.
const revived = (_key, value) => (value?.$number === undefined ? value : Number(value.$number));
const load = (name) => import(`${process.argv[2]}/verdict/${name}.js`);
const [artifacts, detection, engine, validity] = await Promise.all(
  ["artifact", "detection", "engine", "validity"].map(load),
);
const { dialect: facts, answers, questions } = JSON.parse(readFileSync(0, "utf8"), revived);

const keyOf = (artifact, what, document) => `${artifact} ${what} ${JSON.stringify(document)}`;
const known = new Map();
for (const [artifact, what, document, found] of answers) {
  const key = keyOf(artifact, what, document);
  const text = JSON.stringify(found);
  if ((known.get(key) ?? text) !== text) throw new Error(`two answers to ${key}`);
  known.set(key, text);
}

function answer(artifact, what, document) {
  const text = known.get(keyOf(artifact, what, document));
  if (text === undefined) throw new Error(`Python never asked for ${keyOf(artifact, what, document)}`);
  return JSON.parse(text);
}

const kinds = facts.artifacts.map(({ name, required, fields, constants, isLine, variantOf }) => artifacts.kind({
  name, required, isLine, variantOf,
  fields: new Set(fields),
  constants: new Map(Object.entries(constants)),
  isSound: (value) => answer(name, "structure", value).every(({ severity }) => severity !== "error"),
}));
const dialect = { id: facts.id, kinds, inside: new Set(facts.inside) };
const made = new Map(facts.artifacts.map(({ name, embeds }, index) => [name, artifacts.artifact({
  kind: kinds[index],
  collect: (value, at, found) => {
    for (const each of answer(name, "structure", value)) found.push({ ...each, pointer: at + each.pointer });
  },
  rules: { run: (value) => answer(name, "rules", value) },
  errors: { run: (value) => answer(name, "errors", value) },
  explaining: new Set(facts.explaining),
  embeds: embeds.map(([pointer, inner]) => [pointer, () => made.get(inner)]),
})]));
for (const [name, artifact] of [...made]) {
  const variants = kinds.filter(({ variantOf }) => variantOf === name).map((kind) => made.get(kind.name));
  if (variants.length > 0) made.set(name, detection.withForms(artifact, () => ({ dialect, variants })));
}

function attempt(find) {
  try {
    return find();
  } catch (error) {
    return String(error.stack).slice(0, 2_000);
  }
}

const row = ({ code, severity, pointer, message, help }) => [code, severity, pointer, message, help];
const shown = (found) => found.map(row);
const results = questions.map(([name, document]) => {
  const artifact = made.get(name);
  return {
    check: attempt(() => shown(engine.check(dialect, artifact, document))),
    lint: attempt(() => shown(engine.lint(dialect, artifact, document))),
    isValid: validity.isValid(artifact, document),
  };
});
process.stdout.write(JSON.stringify(results));
