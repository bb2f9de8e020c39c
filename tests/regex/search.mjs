// Reads lines of JSON, {"pattern", "texts"}; writes a line of JSON for each: the flags that it took and a boolean for
// each text, or null for a pattern that is none.
import { createInterface } from "node:readline";

function read(pattern) {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // The other flags may do.
    }
  }
  return null;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { pattern, texts } = JSON.parse(line);
  const regex = read(pattern);
  const said = regex && { flags: regex.flags, found: texts.map((text) => regex.test(text)) };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
