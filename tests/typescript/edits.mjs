// node edits.mjs <address of the compiled playground>: reads lines of [text, edits], and writes each text as edited.
import { createInterface } from "node:readline";

const { edited } = await import(`${process.argv[2]}/edits.js`);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(edited(...JSON.parse(line)))}\n`);
}
