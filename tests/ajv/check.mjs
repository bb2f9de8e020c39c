// Reads lines of JSON, writes one line for each:
// {"compile": path}          -> compiled, or why not
// {"bundle": path, "payload"} -> valid or refused
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv from "ajv/dist/2020.js";

const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, validateFormats: false });
const validators = new Map();

function answer({ compile, bundle, payload }) {
  if (compile === undefined) return validators.get(bundle)(payload) ? "valid" : "refused";
  if (!validators.has(compile)) validators.set(compile, ajv.compile(JSON.parse(readFileSync(compile, "utf8"))));
  return "compiled";
}

// "\u2028" and its kin end a line for readline, and JSON text as Python writes it has them escaped.
for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    said = answer(JSON.parse(line));
  } catch (error) {
    said = String(error).replaceAll("\n", " ");
  }
  process.stdout.write(`${said}\n`);
}
