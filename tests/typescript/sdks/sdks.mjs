// node --test sdks.mjs, with the address of the recipes as JavaScript in PARLANCE_BUILD: the recipes of docs/typescript.md
// for SDKs, with the SDKs themselves and a server that is a function.
import assert from "node:assert/strict";
import test from "node:test";
import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, generateText } from "ai";
import OpenAI from "openai";

const { checkedFetch } = await import(`${process.env.PARLANCE_BUILD}/checked-fetch.js`);

const messages = [{ role: "user", content: "Hello" }];
const settings = { apiKey: "none", baseURL: "https://api.example.com/v1" };
const completion = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1764374400,
  model: "gpt-4.1",
  choices: [{ index: 0, message: { role: "assistant", content: "Hi", refusal: null }, logprobs: null, finish_reason: "stop" }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};

/** A server that answers everything, and what it was sent. */
function server() {
  const sent = [];
  const send = async (_input, init) => {
    sent.push(JSON.parse(init.body));
    return Response.json(completion);
  };
  return { sent, fetch: checkedFetch(send) };
}

test("openai-node sends what is valid", async () => {
  const { sent, fetch } = server();
  const answer = await new OpenAI({ ...settings, fetch }).chat.completions.create({ model: "gpt-4.1", messages });
  assert.equal(answer.choices[0].message.content, "Hi");
  assert.deepEqual(sent, [{ model: "gpt-4.1", messages }]);
});

test("openai-node raises a BadRequestError for what is not, and asks no server", async () => {
  const { sent, fetch } = server();
  const client = new OpenAI({ ...settings, fetch });
  const bad = client.chat.completions.create({ model: "gpt-4.1", messages, temperature: 3 });
  await assert.rejects(bad, (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.deepEqual([error.status, error.param, error.type], [400, "temperature", "invalid_request_error"]);
    return true;
  });
  assert.deepEqual(sent, []);
});

test("the AI SDK sends what is valid", async () => {
  const { sent, fetch } = server();
  const openai = createOpenAI({ ...settings, fetch });
  const { text } = await generateText({ model: openai.chat("gpt-4.1"), prompt: "Hello" });
  assert.equal(text, "Hi");
  assert.equal(sent.length, 1);
});

test("the AI SDK raises an APICallError for what is not, and tries no second time", async () => {
  const { sent, fetch } = server();
  let calls = 0;
  const counted = (...given) => {
    calls += 1;
    return fetch(...given);
  };
  const openai = createOpenAI({ ...settings, fetch: counted });
  const bad = generateText({ model: openai.chat("gpt-4.1"), prompt: "Hello", temperature: 3 });
  await assert.rejects(bad, (error) => {
    assert.ok(APICallError.isInstance(error), String(error));
    assert.deepEqual([error.statusCode, error.isRetryable], [400, false]);
    return true;
  });
  assert.deepEqual([calls, sent], [1, []]);
});
