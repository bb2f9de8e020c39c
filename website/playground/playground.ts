/** The playground: a payload on the left, what the chosen dialect finds in it on the right. Nothing leaves the page. */

import { edited, type Edit } from "./edits.js";
import { EXAMPLES } from "./examples.js";
import { NotJson, Places, type Place } from "./places.js";

/** What the modules of dialects give. */
interface Violation {
  readonly code: string;
  readonly severity: "error" | "info" | "warning";
  readonly pointer: string;
  readonly message: string;
  readonly help: string | null;
  readonly onKey: boolean;
}

interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: (value: unknown, pointer: string) => Edit[];
}

interface Finding extends Violation {
  readonly place: Place;
  /** What fixes it, and the text after that; absent where nothing does without another error. */
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly text: string };
}

type Module = Readonly<Record<string, unknown>>;

const WAIT = 150;
/** Milliseconds after the last key before a text is checked. */
const SEVERITIES = ["error", "warning", "info"] as const;
const MOST_TRIED = 50;
/** Fixes that are tried: each takes another check of the whole. */

const dialect = element("playground-dialect", HTMLSelectElement);
const artifact = element("playground-artifact", HTMLSelectElement);
const example = element("playground-example", HTMLSelectElement);
const editor = element("playground-text", HTMLTextAreaElement);
const marks = element("playground-marks", HTMLElement);
const numbers = element("playground-numbers", HTMLElement);
const summary = element("playground-summary", HTMLElement);
const list = element("playground-findings", HTMLElement);

const modules = new Map<string, Promise<Module>>();
let timer = 0;
let run = 0;

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page lacks ${id}`);
  return found;
}

/** The module of a dialect, loaded when it is first asked for. */
function load(name: string): Promise<Module> {
  const known = modules.get(name) ?? loaded(name);
  modules.set(name, known);
  return known;
}

async function loaded(name: string): Promise<Module> {
  const [index, fixes] = await Promise.all(
    ["index", "fixes"].map((each) => import(`./package/${name}/${each}.js`) as Promise<Module>),
  );
  return { ...index, ...fixes };
}

/** The artifacts of a dialect: `Request` of `lintRequest`. */
function artifactsOf(module: Module): string[] {
  return Object.keys(module).flatMap((name) => /^lint([A-Z]\w*)$/.exec(name)?.[1] ?? []);
}

function words(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function offer(names: readonly string[]): void {
  const chosen = artifact.value;
  const sorted = [...names].sort((one, other) => rank(one) - rank(other));
  artifact.replaceChildren(...sorted.map((name) => new Option(words(name), name)));
  artifact.value = names.includes(chosen) ? chosen : (sorted[0] ?? "");
}

/** What people paste first stands first. */
function rank(name: string): number {
  const place = ["Request", "Response", "Chunk", "Error"].indexOf(name);
  return place < 0 ? 9 : place;
}

function findings(module: Module, text: string): Finding[] {
  const places = new Places(text);
  const lint = module[`lint${artifact.value}`] as (value: unknown) => Violation[];
  const violations = lint(JSON.parse(text));
  const fixer = fixerOf(module["FIXES"] as ReadonlyMap<string, Fix>, lint, violations, text);
  const found = violations.map((each) => ({ ...each, ...fixer(each), place: places.at(each.pointer, each.onKey) }));
  return [...repeated(places), ...found].sort((one, other) => one.place.start - other.place.start);
}

/** What finds the fix of a violation, if it leads to no error that is not there now. */
function fixerOf(
  fixes: ReadonlyMap<string, Fix>,
  lint: (value: unknown) => Violation[],
  violations: readonly Violation[],
  text: string,
): (violation: Violation) => Pick<Finding, "fix"> {
  const errors = (found: readonly Violation[]): string[] =>
    found.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code} ${message}`);
  const known = new Set(errors(violations));
  let tried = 0;
  return ({ code, pointer }) => {
    const fix = fixes.get(code);
    const edits = fix === undefined || tried++ >= MOST_TRIED ? [] : fix.edits(JSON.parse(text), pointer);
    if (fix === undefined || edits.length === 0) return {};
    const after = edited(text, edits);
    const leadsToErrors = errors(lint(JSON.parse(after))).some((each) => !known.has(each));
    return leadsToErrors ? {} : { fix: { title: fix.title, safe: fix.safe, text: after } };
  };
}

/** Of a key that is given twice, no value tells: the text does. */
function repeated(places: Places): Finding[] {
  return [...places.repeatedKeys()].map(({ name, pointer, place, earlier: { line, column } }) => ({
    code: "PAR004",
    severity: "error",
    pointer,
    message: `the key '${name}' was already given at line ${String(line)}, column ${String(column)}`,
    help: "remove one; the last one counts",
    onKey: true,
    place,
  }));
}

async function check(): Promise<void> {
  const mine = ++run;
  const text = editor.value;
  if (!modules.has(dialect.value)) summary.textContent = "Loading the dialect…";
  let module: Module;
  try {
    module = await load(dialect.value);
  } catch {
    modules.delete(dialect.value);
    show([], "The dialect could not be loaded.", "error");
    return;
  }
  if (mine !== run) return;
  offer(artifactsOf(module));
  if (text.trim() === "") {
    show([], "Paste a payload.", "");
    return;
  }
  try {
    const found = findings(module, text);
    show(found, counted(found), worst(found));
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const { message, place } = error;
    const fault = { code: "PAR001", severity: "error", pointer: "", help: null, onKey: false } as const;
    show([{ ...fault, message, place }], "This is not JSON.", "error");
  }
}

function counted(found: readonly Finding[]): string {
  if (found.length === 0) return `Nothing found: ${dialect.value} takes it.`;
  const parts = SEVERITIES.flatMap((severity) => {
    const count = found.filter((each) => each.severity === severity).length;
    const noun = severity === "info" ? "note" : severity;
    return count === 0 ? [] : [`${String(count)} ${noun}${count === 1 ? "" : "s"}`];
  });
  return parts.join(", ");
}

function worst(found: readonly Finding[]): string {
  return SEVERITIES.find((severity) => found.some((each) => each.severity === severity)) ?? "clean";
}

function show(found: readonly Finding[], text: string, severity: string): void {
  summary.textContent = text;
  summary.dataset["severity"] = severity;
  list.replaceChildren(...found.map(item));
  mark(found);
}

function item(finding: Finding): HTMLElement {
  const { code, severity, message, help, pointer, place, fix } = finding;
  const row = made("li", `finding ${severity}`);
  const head = made("div", "head");
  const jump = made("button", "place", `${String(place.line)}:${String(place.column)}`);
  jump.title = "Select it in the text";
  jump.addEventListener("click", () => {
    select(place);
  });
  const link = made("a", "code", code);
  link.href = `../rules/${code}/`;
  head.append(jump, made("span", "severity", severity === "info" ? "note" : severity), link);
  row.append(head, made("div", "message", message));
  if (help !== null) row.append(made("div", "help", help));
  if (fix !== undefined) row.append(applying(fix));
  if (pointer !== "") row.append(made("code", "pointer", pointer));
  return row;
}

/** A button that makes a fix. */
function applying({ title, safe, text }: NonNullable<Finding["fix"]>): HTMLElement {
  const button = made("button", "fix", `Fix: ${title}`);
  button.title = safe ? "The payload means the same afterwards" : "The payload may mean something else afterwards";
  if (!safe) button.append(made("span", "unsafe", " (unsafe)"));
  button.addEventListener("click", () => {
    editor.value = text;
    void check();
  });
  return button;
}

function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  classes: string,
  text = "",
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  node.className = classes;
  node.textContent = text;
  return node;
}

function select({ start, end, line }: Place): void {
  editor.focus();
  editor.setSelectionRange(start, end);
  const height = parseFloat(getComputedStyle(editor).lineHeight);
  editor.scrollTop = Math.max(0, (line - 3) * height);
}

/** Lay marks behind the text, and numbers beside it: where a finding begins, to the end of its first line. */
function mark(found: readonly Finding[]): void {
  const text = editor.value;
  const lines = new Map<number, string>();
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const { place, severity } of found) {
    if (!lines.has(place.line) || severity === "error") lines.set(place.line, severity);
    const newline = text.indexOf("\n", place.start);
    const stop = Math.max(place.start, Math.min(place.end, newline < 0 ? text.length : newline));
    if (place.start < end) continue;
    nodes.push(text.slice(end, place.start), made("mark", severity, text.slice(place.start, stop)));
    end = stop;
  }
  marks.replaceChildren(...nodes, `${text.slice(end)}\n`);
  const count = text.split("\n").length;
  numbers.replaceChildren(
    ...Array.from({ length: count }, (_, index) => made("span", lines.get(index + 1) ?? "", String(index + 1))),
  );
  scroll();
}

function scroll(): void {
  marks.scrollTop = numbers.scrollTop = editor.scrollTop;
  marks.scrollLeft = editor.scrollLeft;
}

function fill(name: string): void {
  editor.value = EXAMPLES.get(name) ?? "";
  void check();
}

editor.addEventListener("scroll", scroll);
editor.addEventListener("input", () => {
  mark([]);
  clearTimeout(timer);
  timer = setTimeout(() => void check(), WAIT);
});
dialect.addEventListener("change", () => void check());
artifact.addEventListener("change", () => void check());
example.replaceChildren(...[...EXAMPLES.keys()].map((name) => new Option(name, name)));
example.addEventListener("change", () => {
  artifact.value = "Request";
  fill(example.value);
});
if (editor.value === "") fill(example.value);
else void check();
