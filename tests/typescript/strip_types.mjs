// node strip_types.mjs <folder of TypeScript> <folder for JavaScript>: writes each module without its types.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";

const [source, target] = process.argv.slice(2);
for (const name of readdirSync(source, { recursive: true })) {
  if (!name.endsWith(".ts")) continue;
  const module = join(target, name.replace(/\.ts$/, ".js"));
  mkdirSync(dirname(module), { recursive: true });
  writeFileSync(module, stripTypeScriptTypes(readFileSync(join(source, name), "utf8")));
}
