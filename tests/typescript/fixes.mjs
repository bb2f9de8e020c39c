// node fixes.mjs <address of the compiled package>: reads lines of {"dialect", "code", "document", "pointer"}, and writes
// for each [title, whether it is safe, its edits], or null where the rule has no fix.
import { createInterface } from "node:readline";

const modules = new Map();

async function load(dialect) {
  if (!modules.has(dialect)) modules.set(dialect, await import(`${process.argv[2]}/${dialect}/fixes.js`));
  return modules.get(dialect);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { dialect, code, document, pointer } = JSON.parse(line);
  const fix = (await load(dialect)).FIXES.get(code);
  const answer = fix === undefined ? null : [fix.title, fix.safe, fix.edits(document, pointer)];
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
