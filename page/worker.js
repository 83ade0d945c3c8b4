"use strict";
// Python and the program, away from the page so that it never freezes. Knows of no judgement: it
// runs the command line with the arguments that the page gives.
let python, runner;

const unpack = async (packed) => {
  const text = atob(packed), bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

const start = async ({ assets, runner: source }) => {
  const files = {};
  for (const [name, packed] of Object.entries(assets)) {
    files[name] = await unpack(packed);
    delete assets[name];
  }
  const load = (name) => import(URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" })));
  const text = (name) => new TextDecoder().decode(files[name]);
  // The loader asks for its parts by name; they are in memory.
  self.fetch = async (asked) => {
    const name = String(asked.url ?? asked).split("/").pop();
    if (!(name in files)) throw new TypeError(`not in the page: ${name}`);
    return new Response(files[name], { headers: { "Content-Type": name.endsWith(".wasm") ? "application/wasm" : "application/zip" } });
  };
  const { loadPyodide } = await load("pyodide.mjs");
  const { default: createPyodideModule } = await load("pyodide.asm.mjs");
  python = await loadPyodide({
    indexURL: "memory:/", packageBaseUrl: "memory:/", lockFileContents: text("pyodide-lock.json"), createPyodideModule,
    env: { HOME: "/home/pyodide", COLUMNS: "80", PYTHONDONTWRITEBYTECODE: "1", PYTHONHASHSEED: "0" },
  });
  python.unpackArchive(files["packages.zip"], "zip", { extractDir: "/packages" });
  for (const name of Object.keys(files)) delete files[name];
  python.runPython("import sys; sys.path.insert(0, '/packages')");
  runner = python.globals.get("dict")();
  python.runPython(source, { globals: runner });
  return { targets: python.FS.readFile("/packages/dtcheck/targets.yaml") };
};

const call = (name, ...given) => runner.get(name)(...given);

const run = async ({ args, files, targets, pack }, tell) => {
  call("prepare");
  const put = (path, bytes) => {
    python.FS.mkdirTree(`/job/${path}`.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(`/job/${path}`, bytes);
  };
  for (const { path, file } of files) {
    try {
      put(path, new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      throw new Error(`${path} 读不出来（${error.name}）：可能太大，或者已经移走。`);
    }
  }
  if (targets) put("targets.yaml", targets);
  const names = python.toPy(files.map(({ path }) => path)), given = python.toPy(args);
  const done = JSON.parse(call("run", given, names, (left) => tell({ done: files.length - left, of: files.length })));
  if (pack && done.made.some((path) => path.startsWith(`${pack}/`))) {
    call("pack", pack, `${pack}.zip`);
    done.made = [`${pack}.zip`];
  }
  done.made = done.made.map((path) => ({ path, bytes: python.FS.readFile(`/下载/${path}`) }));
  call("prepare");
  return done;
};

// One after the other: all use the same folders.
let last = Promise.resolve();
self.onmessage = ({ data }) => { last = last.then(() => answer(data)); };

const answer = async ({ id, job, ...asked }) => {
  try {
    const done = await (job === "start" ? start(asked) : run(asked, (progress) => postMessage({ id, progress })));
    postMessage({ id, done });
  } catch (error) {
    postMessage({ id, error: error.message || String(error), fatal: !python || error.name === "RuntimeError" || error.pyodide_fatal_error === true });
  }
};
