// node gates.mjs <address of the compiled package>: reads lines of {"dialect", "isSound", "gate", "check", "document"}, of
// which the first three name functions, and writes [whether the structure is sound, whether the gate lets look, the errors].
import { createInterface } from "node:readline";

const modules = new Map();

async function load(dialect, name) {
  const address = `${process.argv[2]}/${dialect}/${name}.js`;
  if (!modules.has(address)) modules.set(address, await import(address));
  return modules.get(address);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { dialect, isSound, gate, check, document } = JSON.parse(line);
  const [validators, gates, index] = await Promise.all(["validators", "gates", "index"].map((name) => load(dialect, name)));
  const sound = validators[isSound](document);
  const errors = sound ? index[check](document).filter(({ severity }) => severity === "error") : [];
  const looks = sound && gates[gate](document);
  process.stdout.write(`${JSON.stringify([sound, looks, errors.map(({ code }) => code)])}\n`);
}
