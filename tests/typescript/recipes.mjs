// node --test recipes.mjs, with the address of the recipes as JavaScript in PARLANCE_BUILD: what docs/typescript.md promises.
import assert from "node:assert/strict";
import test from "node:test";

const load = (name) => import(`${process.env.PARLANCE_BUILD}/${name}.js`);
const [{ checkedFetch }, { refusal }, { handler }, { read }] = await Promise.all(
  ["checked-fetch", "refusal", "handler", "form"].map(load),
);
const { checkError } = await import(new URL("../node_modules/parlance-dialects/dist/openai.js", `${process.env.PARLANCE_BUILD}/`));

const address = "https://api.example.com/v1/chat/completions";
const good = { model: "gpt-4.1", messages: [{ role: "user", content: "Hello" }] };
const bad = { ...good, messages: [{ role: "user", content: 1 }] };
const advised = { ...good, max_tokens: 5 };

function stub() {
  const sent = [];
  const send = async (input, init) => {
    sent.push([input, init]);
    return Response.json({ ok: true });
  };
  return { sent, checked: checkedFetch(send) };
}
const post = (body) => ({ method: "POST", body: JSON.stringify(body) });

test("a fetch sends what is valid, as it was given", async () => {
  const { sent, checked } = stub();
  for (const body of [good, advised]) {
    const init = post(body);
    assert.equal((await checked(address, init)).status, 200);
    assert.deepEqual(sent.at(-1), [address, init]);
  }
  assert.equal((await checked(new URL(address), post(good))).status, 200);
  assert.equal(sent.length, 3);
});

test("a fetch answers what is not, and sends nothing", async () => {
  const { sent, checked } = stub();
  for (const input of [address, new URL(address), new Request(address, { method: "POST" })]) {
    const answer = await checked(input, post(bad));
    assert.equal(answer.status, 400);
    const body = await answer.json();
    assert.equal(body.error.param, "messages[0].content");
    assert.deepEqual(checkError(body), []);
  }
  assert.equal(sent.length, 0);
});

test("a fetch leaves other requests alone", async () => {
  const { sent, checked } = stub();
  await checked("https://api.example.com/v1/embeddings", post({ input: "x" }));
  await checked(address, { method: "GET" });
  assert.equal(sent.length, 2);
});

test("a warning is no refusal", () => {
  assert.equal(refusal([]), null);
  assert.equal(refusal([{ code: "PAR512", severity: "warning", pointer: "/max_tokens", message: "x", help: null }]), null);
});

test("a handler passes on what is valid, and answers the rest as the server does", async () => {
  const seen = [];
  const handle = handler(async (request) => {
    seen.push(request);
    return new Response("done");
  });
  const answer = (body) => handle(new Request(address, { method: "POST", body }));
  assert.equal(await (await answer(JSON.stringify(good))).text(), "done");
  assert.deepEqual(seen, [good]);
  for (const body of [JSON.stringify(bad), "[]", "null", "{", "", JSON.stringify({ ...good, tools: [] })]) {
    const refused = await answer(body);
    assert.equal(refused.status, 400);
    const document = await refused.json();
    assert.deepEqual(checkError(document), [], body);
    assert.ok(document.error.message.length > 0);
  }
  assert.equal(seen.length, 1);
});

test("a form becomes a request, or a message for each field", () => {
  const form = { model: "gpt-4.1", prompt: "Hello", temperature: "" };
  assert.deepEqual(read(form).request, good);
  assert.equal(read({ ...form, temperature: "0.5" }).request.temperature, 0.5);
  assert.deepEqual([...read({ ...form, temperature: "3" }).messages.keys()], ["temperature"]);
  assert.deepEqual([...read({ ...form, temperature: "warm" }).messages.keys()], ["temperature"]);
});
