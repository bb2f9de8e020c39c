// node size.mjs: reads {"source", "dialect", "schema"} and writes {"sizes": [[name, bytes, compressed bytes]], "names":
// {an export: the names of functions that its bundle has}}.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Ajv from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const { source, dialect, schema } = JSON.parse(readFileSync(0, "utf8"));

/** What a bundler leaves of some text, minified or with the names that functions have. */
async function bundled(contents, resolveDir, minify = true) {
  const options = { bundle: true, format: "esm", target: "es2022", write: false, logLevel: "error" };
  const result = await build({ ...options, stdin: { contents, resolveDir, loader: "ts" }, minify });
  return result.outputFiles[0].text;
}

function ajvOf(settings) {
  const options = { strict: true, allowUnionTypes: true, strictRequired: false, validateFormats: false, ...settings };
  const ajv = new Ajv({ ...options, code: { source: true, esm: true } });
  return standalone(ajv, ajv.compile(JSON.parse(readFileSync(schema, "utf8"))));
}

const exported = (names) => `export { ${names} } from "./index.js";`;
const folder = join(source, dialect);
const structure = `export { acceptsCreateChatCompletionRequest } from "./validators.js";`;
const texts = {
  "structure alone": await bundled(structure, folder),
  isValidRequest: await bundled(exported("isValidRequest"), folder),
  checkRequest: await bundled(exported("checkRequest"), folder),
  "isValidRequest, checkRequest": await bundled(exported("isValidRequest, checkRequest"), folder),
  "the whole dialect": await bundled(`export * from "./index.js";`, folder),
  "ajv, stand-alone": await bundled(ajvOf({}), import.meta.dirname),
  "ajv, all errors": await bundled(ajvOf({ allErrors: true }), import.meta.dirname),
};
const sizes = Object.entries(texts).map(([name, text]) => [name, text.length, gzipSync(text, { level: 9 }).length]);

const names = {};
for (const name of ["isValidRequest", "checkRequest", "isValidResponse"]) {
  const text = await bundled(exported(name), folder, false);
  names[name] = [...new Set([...text.matchAll(/^(?:async )?(?:function|class|var|const|let) ([\w$]+)/gmu)].map(([, each]) => each))];
}
process.stdout.write(`${JSON.stringify({ sizes, names })}\n`);
