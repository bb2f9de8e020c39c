// node speed.mjs: reads {"source", "dialect", "root", "schema", "openapi", "payloads": [text], "rounds", "seconds"} and
// writes [[name of a validator, [[its time over that of ajv, its seconds, its verdict] of each payload]]].
//
// All of them have every payload in one process, one after the other, so that none of them is compiled for its favourite.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { build } from "esbuild";
import { Compile } from "typebox/schema";
import { valibotTest, zodTest } from "./models.mjs";

const { source, dialect, root, schema, openapi, payloads, rounds, seconds } = JSON.parse(readFileSync(0, "utf8"));
const bundle = JSON.parse(readFileSync(schema, "utf8"));
const document = JSON.parse(readFileSync(openapi, "utf8"));
const { entry, validators } = await own();

/** Our package in JavaScript: what it exports, and the functions of its structure. */
async function own() {
  const folder = mkdtempSync(join(tmpdir(), "parlance-"));
  try {
    const text = `export * as entry from "./index.js"; export * as validators from "./validators.js";`;
    const outfile = join(folder, "package.mjs");
    const stdin = { contents: text, resolveDir: join(source, dialect), loader: "ts" };
    await build({ stdin, outfile, bundle: true, format: "esm", target: "es2022", logLevel: "error" });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, validateFormats: false });
const compiled = Compile(bundle);
const tests = {
  ajv: ajv.compile(bundle),
  structure: validators[`accepts${root}`] ?? validators[`is${root}`],
  isValidRequest: entry.isValidRequest,
  checkRequest: (value) => entry.checkRequest(value).every(({ severity }) => severity !== "error"),
  typebox: (value) => compiled.Check(value),
  zod: zodTest(document, root),
  valibot: valibotTest(document, root),
};

/** What this process has taken of processors: other processes may run meanwhile. */
function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function timed(test, value, least) {
  for (let repeats = 1; ;) {
    const start = spent();
    for (let each = 0; each < repeats; each += 1) test(value);
    const passed = spent() - start;
    if (passed >= least) return passed / repeats;
    repeats = Math.max(2 * repeats, Math.ceil((1.1 * repeats * least) / Math.max(passed, 1e-9)));
  }
}

function median(numbers) {
  return numbers.sort((one, other) => one - other)[numbers.length >> 1];
}

const values = payloads.map((text) => JSON.parse(text));
const names = Object.keys(tests);
const results = names.map((name) => [name, []]);
for (const value of values) {
  for (const name of names) timed(tests[name], value, seconds / 2);
}
for (const value of values) {
  const ratios = names.map(() => []);
  const times = names.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [number, name] of names.entries()) {
      const base = timed(tests.ajv, value, seconds);
      const own = timed(tests[name], value, seconds);
      ratios[number].push(own / base);
      times[number].push(own);
    }
  }
  for (const [number, [name, found]] of results.entries()) {
    found.push([median(ratios[number]), median(times[number]), tests[name](value)]);
  }
}
process.stdout.write(`${JSON.stringify(results)}\n`);
