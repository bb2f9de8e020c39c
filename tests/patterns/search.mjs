// Reads lines of JSON, {"pattern", "flags", "texts"}; writes a boolean for each text, or null for a pattern that is none.
import { createInterface } from "node:readline";

function search({ pattern, flags, texts }) {
  try {
    const regex = new RegExp(pattern, flags);
    return texts.map((text) => regex.test(text));
  } catch {
    return null;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(search(JSON.parse(line)))}\n`);
}
