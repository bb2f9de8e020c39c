// node inherited.mjs <address of the compiled package>: what all objects inherit is part of no document.
import assert from "node:assert/strict";
import { createContext, runInContext } from "node:vm";

const { checkRequest, isValidRequest } = await import(`${process.argv[2]}/openai-2026-11/index.js`);
const messages = [{ role: "user", content: "Hello" }];
const valid = { model: "gpt-4.1", messages };

function withInherited(fields, realm, test) {
  Object.assign(realm.prototype, fields);
  try {
    test();
  } finally {
    for (const key of Object.keys(fields)) delete realm.prototype[key];
  }
}

function judged(value, expected) {
  assert.equal(isValidRequest(value), expected);
  assert.equal(checkRequest(value).every(({ severity }) => severity !== "error"), expected);
}

judged(valid, true);
withInherited({ model: "gpt-4.1", messages }, Object, () => {
  judged({}, false);
  judged({ model: "gpt-4.1" }, false);
  judged(valid, true);
});
withInherited({ temperature: "hot", role: "nobody", bogus: 1 }, Object, () => {
  judged(valid, true);
  judged({ ...valid, surplus: 1 }, false);
});
const context = createContext({});
const Other = runInContext("Object", context);
const other = () => runInContext(`({ model: "gpt-4.1", messages: [{ role: "user", content: "Hello" }] })`, context);
judged(other(), true);
withInherited({ temperature: "hot", content: 1 }, Other, () => judged(other(), true));
withInherited({ messages }, Other, () => judged(runInContext(`({ model: "gpt-4.1" })`, context), false));
for (const key of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
  judged(JSON.parse(`{"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}], "${key}": 1}`), false);
}
assert.deepEqual(Object.keys(Object.prototype), []);
