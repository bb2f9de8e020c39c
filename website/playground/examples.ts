/** Payloads to begin with, by what they show. */
export const EXAMPLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "A name misspelt, a field deprecated": `{
  "model": "gpt-4.1",
  "max_tokens": 200,
  "messages": [
    {"role": "user", "content": "Summarise the report in three sentences."}
  ],
  "temprature": 0.7
}
`,
    "A tool call that nobody answers": `{
  "model": "gpt-4.1",
  "messages": [
    {"role": "user", "content": "Is it raining in Oslo?"},
    {
      "role": "assistant",
      "tool_calls": [
        {
          "id": "call_1",
          "type": "function",
          "function": {"name": "weather", "arguments": "{\\"city\\": \\"Oslo\\"}"}
        }
      ]
    },
    {"role": "user", "content": "And in Bergen?"}
  ]
}
`,
    "A schema that is not strict": `{
  "model": "gpt-4.1",
  "messages": [{"role": "user", "content": "Name a fjord."}],
  "response_format": {
    "type": "json_schema",
    "json_schema": {
      "name": "fjord",
      "strict": true,
      "schema": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "depth": {"type": "number"}},
        "required": ["name"]
      }
    }
  }
}
`,
    "A reasoning model, with a temperature": `{
  "model": "o3",
  "messages": [{"role": "user", "content": "How deep is the Sognefjord?"}],
  "temperature": 0.2,
  "reasoning_effort": "high"
}
`,
    "Two servers: try mistral, too": `{
  "model": "gpt-4.1",
  "messages": [
    {"role": "developer", "content": "Answer in one word."},
    {"role": "user", "content": "What is the capital of Norway?"}
  ],
  "seed": 7,
  "temperature": 1.7
}
`,
    "Nothing wrong": `{
  "model": "gpt-4.1",
  "messages": [{"role": "user", "content": "Hello"}]
}
`,
  }),
);
