// node documents.mjs <address of the compiled package>: reads lines of {"dialect", "artifact", "document"}, and writes
// what the dialect's check and lint find of each, and whether its guard takes it.
import { createInterface } from "node:readline";

const dialects = new Map();
const titled = (name) => name.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
const shown = (found) => found.map(({ code, severity, pointer, message, help }) => [code, severity, pointer, message, help]);

for await (const line of createInterface({ input: process.stdin })) {
  const { dialect, artifact, document } = JSON.parse(line);
  if (!dialects.has(dialect)) dialects.set(dialect, await import(`${process.argv[2]}/${dialect}/index.js`));
  const module = dialects.get(dialect);
  const name = titled(artifact);
  const answer = {
    check: shown(module[`check${name}`](document)),
    lint: shown(module[`lint${name}`](document)),
    isValid: module[`isValid${name}`](document),
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
