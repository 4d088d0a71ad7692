// A JupyterLite kernel in node: Python in WebAssembly, with JupyterLite's own shell, and a page that talks to it.
// node pyodide_page.mjs <pyodide.mjs> <folders of Python packages, in order> < what to do > what came
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodidePath, ...folders] = process.argv.slice(2);
const { cells, clicks, labels } = JSON.parse(readFileSync(0, "utf8"));
const { loadPyodide } = await import(pathToFileURL(pyodidePath).href);
const python = await loadPyodide({ stdout: () => {}, stderr: (line) => console.error(line) });

folders.forEach((folder, n) => {
  python.FS.mkdirTree(`/packages/${n}`);
  python.mountNodeFS(`/packages/${n}`, folder);
});
python.runPython(`
import sys
sys.path += [${folders.map((_, n) => `"/packages/${n}"`).join(", ")}]
import pyodide_kernel
shell = pyodide_kernel.ipython_shell
kernel = pyodide_kernel.kernel_instance
`);
const plain = (thing) => (thing?.toJs ? thing.toJs({ dict_converter: Object.fromEntries }) : thing);

/** Where a message has `undefined`: the page's messages are JSON, which would lose it. */
const holes = new Set();
const lookForHoles = (thing, path) => {
  if (thing === undefined) holes.add(path);
  else if (typeof thing === "object" && thing !== null && !ArrayBuffer.isView(thing))
    for (const [name, part] of Object.entries(thing)) lookForHoles(part, `${path}.${name}`);
};

/** What the kernel says on its comms. */
const heard = [];
const models = {};
const waiting = new Set();
const shell = python.globals.get("shell");
shell.send_comm = (kind, content, metadata, ident, buffers) => {
  const { comm_id, data, target_name } = plain(content);
  if (data?.state?._model_name !== "LayoutModel") lookForHoles(data, kind); // that one is ipywidgets' own
  if (kind === "comm_open") models[comm_id] = data.state;
  if (data?.method === "custom") heard.push({ ...data.content, buffers: plain(buffers)?.length ?? 0 });
  if (data?.method === "update") {
    Object.assign(models[comm_id], data.state);
    heard.push({ kind: "update", block: models[comm_id]._block, state: data.state, target_name });
  }
  for (const look of [...waiting]) look();
};
const until = (what) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`did not come: ${what}; heard ${JSON.stringify(heard)}`)), 20_000);
    const look = () => {
      const found = what();
      if (!found) return;
      clearTimeout(timer);
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });

const kernel = python.globals.get("kernel");
kernel._parent_header = python.toPy({ header: {} });
for (const cell of cells) {
  const result = plain(await kernel.run(cell));
  if (result.status !== "ok") throw new Error(`${result.ename}: ${result.evalue}\n${result.traceback?.join("\n")}`);
}

const [session, state] = Object.entries(models).find(([, model]) => model.template);
python.globals.set("session_comm", session);
const say = (content) => {
  python.globals.set("content", python.toPy({ method: "custom", content }));
  python.runPython(`
kernel.comm_manager.comm_msg(None, None, {"content": {"comm_id": session_comm, "data": content}, "buffers": []})
`);
};
const blockOf = (text) =>
  Number(
    Object.entries(state.template.blocks).find(([, { props }]) => text === props.label || text === props.value)[0],
  );
say({ kind: "hello", version: "0", page: "p", seq: 0 });
await until(() => Object.values(models).some((model) => model._type));
const shown = (block) => {
  const told = heard.flatMap(({ kind, block: id, state, models }) =>
    kind === "state" ? [models[block]] : kind === "update" && id === block ? [state] : [],
  );
  return told.filter((props) => props && "value" in props).map(({ value }) => value);
};

/** Presses buttons one after the other, and waits for what each is to show. */
const results = [];
for (const [n, { button, changes, shows }] of clicks.entries()) {
  const target = blockOf(button);
  const listener = state.template.listeners.find(({ targets }) =>
    targets.some(([id, name]) => id === target && name === "click"),
  );
  const given = Object.fromEntries(
    Object.entries(changes ?? {}).map(([label, value]) => [blockOf(label), { value, rev: n + 1 }]),
  );
  const event = { kind: "event", job: `p-${n}`, listener: listener.id, target, event: "click", payload: null };
  say({ ...event, changes: given });
  for (const [label, value] of Object.entries(shows ?? {}))
    await until(() => shown(blockOf(label)).some((found) => found === value));
  const isEnd = ({ kind, job, status }) => kind === "job" && job === `p-${n}` && ["done", "failed"].includes(status);
  results.push(await until(() => heard.find(isEnd)));
}
say({ kind: "fetch", ref: "asset:runtime.js", chunk: 0, credit: 1 });
const chunk = await until(() => heard.find(({ kind }) => kind === "chunk"));
const values = Object.fromEntries(labels.map((label) => [label, shown(blockOf(label))]));
console.log(JSON.stringify({ results, values, runtime_bytes: chunk.size_bytes, holes: [...holes] }));
process.exit(0);
