"use strict";
(() => {
  // The digest's own page has its colours and tables; this one shows what the command line says.
  const byId = (id) => document.getElementById(id);
  const make = (tag, props = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...children);
    return made;
  };
  const TARGETS = ["--targets", "targets.yaml"], LEVELS = { error: "错误", warning: "警告", info: "提示" };
  const assets = [...document.querySelectorAll("[data-asset]")];
  let worker, serial = 0, ready, busy = false, own = null, targets = null, began = false;
  const waiting = new Map();

  // --- Python, in a worker ---

  const launch = () => {
    const source = new Blob([byId("worker").textContent], { type: "text/javascript" });
    worker = new Worker(URL.createObjectURL(source));
    worker.onmessage = ({ data: { id, done, error, fatal, progress } }) => {
      const asked = waiting.get(id);
      if (!asked) return;
      if (progress) { asked.tell(progress); return; }
      waiting.delete(id);
      if (fatal && began) restart();
      if (error) asked.fail(new Error(error)); else asked.settle(done);
    };
    // What never began would not begin the next time either.
    worker.onerror = (event) => {
      event.preventDefault();
      if (began) restart(); else for (const { fail } of waiting.values()) fail(new Error("检查程序没有启动"));
    };
    ready = ask("start", { assets: Object.fromEntries(assets.map((each) => [each.dataset.asset, each.textContent])), runner: byId("runner").textContent });
    ready.catch(() => {});
    return ready;
  };
  const restart = (why) => {
    worker.terminate();
    for (const { fail } of waiting.values()) fail(new Error(why || "检查程序停了"));
    waiting.clear();
    launch();
  };
  const ask = (job, given, tell = () => {}) => new Promise((settle, fail) => {
    serial += 1;
    waiting.set(serial, { settle, fail, tell });
    worker.postMessage({ id: serial, job, ...given });
  });
  const dtcheck = async (args, given = {}, tell) => {
    await ready;
    return ask("run", { args, files: [], targets, ...given }, tell);
  };

  // --- what the page says ---

  const state = (text, going = false) => {
    byId("state").textContent = text;
    byId("count").textContent = "";
    const bar = byId("progress");
    bar.hidden = !going;
    bar.removeAttribute("value");
  };
  const problem = (text) => { byId("problem").textContent = text; byId("problem").hidden = !text; };
  const working = async (text, doing) => {
    if (busy) { problem("上一件事还没有做完，做完再来，或者按“停止”。"); return; }
    busy = true;
    problem("");
    state(text, true);
    byId("stop").hidden = false;
    try {
      await doing(({ done, of }) => {
        byId("count").textContent = `${done}／${of}`;
        byId("progress").value = done / of;
      });
      state("做完了。");
    } catch (error) {
      state("可以继续用。");
      problem(error.message);
    }
    byId("stop").hidden = true;
    busy = false;
    document.body.dataset.jobs = Number(document.body.dataset.jobs || 0) + 1;
  };
  const download = (name, bytes) => {
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  };
  const button = (text, doing) => make("button", { type: "button", textContent: text, onclick: doing });
  const table = (caption, heads, rows, style = "stacked") => {
    const lines = rows.map((cells) => make("tr", {}, ...cells.map((cell, at) => {
      const made = make(at ? "td" : "th", at ? {} : { scope: "row" }, ...[cell].flat());
      made.dataset.label = heads[at].replace("#", "");
      if (heads[at].endsWith("#")) made.className = "number";
      return made;
    })));
    const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col", className: text.endsWith("#") ? "number" : "" }, text.replace("#", ""))));
    return make("div", { className: "scroll", tabIndex: 0 },
      make("table", { className: style }, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...lines)));
  };
  const lamp = (light, text) => make("span", { className: `lamp ${light}`, textContent: text });
  const show = (panel, ...parts) => {
    const place = byId(panel).querySelector(".result");
    place.replaceChildren(...parts.filter(Boolean));
    place.hidden = false;
  };
  const said = (text) => text.trim() && make("pre", { className: "said", tabIndex: 0, textContent: text.trim() });
  // As the program writes them: quotes doubled, lines may be inside.
  const parse = (text) => {
    const rows = [[]];
    for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
      rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      if (end !== ",") rows.push([]);
    }
    const [heads, ...rest] = rows.filter((row) => row.length > 1);
    return rest.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at]])));
  };

  // --- files ---

  // Of a page that was opened as a file, Chromium reads folders by handles, not by entries.
  const inHandle = async (handle, path) => {
    if (handle.kind === "file") return [{ path: path + handle.name, file: await handle.getFile() }];
    const found = [];
    for await (const each of handle.values()) found.push(...await inHandle(each, `${path}${handle.name}/`));
    return found;
  };
  const inEntry = async (entry, path) => {
    if (entry.isFile) return [{ path: path + entry.name, file: await new Promise((settle, fail) => entry.file(settle, fail)) }];
    const reader = entry.createReader(), found = [];
    for (let batch; (batch = await new Promise((settle, fail) => reader.readEntries(settle, fail))).length;) {
      for (const each of batch) found.push(...await inEntry(each, `${path}${entry.name}/`));
    }
    return found;
  };
  const dropped = (item) => {
    // All three are asked for before the event is over.
    const file = item.getAsFile(), entry = item.webkitGetAsEntry && item.webkitGetAsEntry();
    if (!entry || !entry.isDirectory) return [{ path: file.name, file }];
    return item.getAsFileSystemHandle ? item.getAsFileSystemHandle().then((handle) => inHandle(handle, "")) : inEntry(entry, "");
  };
  const apart = (files) => {
    // Two files of one name from two folders come without their folders.
    const taken = new Map();
    return files.map(({ path, file }) => {
      const count = (taken.get(path) || 0) + 1;
      taken.set(path, count);
      return { file, path: count === 1 ? path : path.replace(/(\.[^./]*)?$/, `(${count})$1`) };
    });
  };
  const tops = (files) => [...new Set(files.map(({ path }) => path.split("/")[0]))].sort().map((name) => (name === "-" ? "./-" : name));

  // --- the jobs ---

  const accept = (panel, files) => working("正在读文件", async (tell) => {
    const yaml = files.filter(({ path }) => /\.ya?ml$/i.test(path) && !path.includes("/"));
    for (const { file } of yaml) await adopt(new Uint8Array(await file.arrayBuffer()));
    const others = apart(files.filter((each) => !yaml.includes(each)));
    if (!others.length) {
      if (!yaml.length) problem("文件夹里没有文件。");
      return;
    }
    await (panel === "digest" ? digest : verify)(others, tell);
    kept = { panel, files: others };
  });
  let kept = null;

  const asOf = (panel) => {
    const chosen = byId(panel).querySelector("[name=as_of]").value;
    return chosen ? ["--as-of", chosen] : [];
  };
  const verify = async (files, tell) => {
    choose("verify");
    state(`正在检查 ${files.length} 份`, true);
    const when = asOf("verify"), names = ["--", ...tops(files)];
    const formats = ["json", "csv", "table", "markdown"].flatMap((name, at) => ["--format", `${name}=/下载/结果.${["json", "csv", "txt", "md"][at]}`]);
    const done = await dtcheck(["verify", ...TARGETS, ...when, ...formats, ...names], { files }, tell);
    const made = Object.fromEntries(done.made.map(({ path, bytes }) => [path.split(".").pop(), bytes]));
    if (!made.json) { show("verify", said(done.err)); return; }
    const text = (name) => new TextDecoder().decode(made[name]), report = JSON.parse(text("json"));
    const mark = () => working("正在标注", async (telling) => {
      const marked = await dtcheck(["verify", ...TARGETS, ...when, "-o", "/dev/null", "--mark", "/下载/标注/", ...names],
        { files, pack: files.length > 1 ? "标注" : null }, telling);
      notes.textContent = marked.err.replace(/^标注写好.*\n|^数据检查.*\n/gm, "").trim();
      notes.hidden = !notes.textContent;
      if (!marked.made.length) throw new Error(marked.err.trim());
      for (const { path, bytes } of marked.made) download(path.startsWith("标注/") ? `标注-${path.split("/").pop()}` : path, bytes);
    });
    const notes = make("pre", { className: "said", hidden: true });
    const shown = report.findings.filter(({ level }) => level !== "info");
    const hints = report.findings.length - shown.length;
    const rows = parse(text("csv")).map((row, at) => ({ ...row, light: report.results[at].light, status: report.results[at].status }));
    const judged = rows.filter((row) => row.实际值 !== ""), unjudged = rows.length - judged.length;
    show("verify",
      make("p", { className: "lead" }, `${report.targets.place} ${report.targets.year}年，截至 ${report.as_of}。`, done.err.trim()),
      make("div", { className: "downloads" }, button("下载标注表", mark), button("下载结果（.csv）", () => download("结果.csv", made.csv)),
        button("下载结果（.md）", () => download("结果.md", made.md)), button("下载结果（.txt）", () => download("结果.txt", made.txt)), button("打印", () => print())),
      notes,
      make("h2", {}, `要改的地方（${shown.length}）`),
      shown.length ? findings(shown, "要改的地方") : make("p", {}, "没有。"),
      hints && make("details", {}, make("summary", {}, `另有提示 ${hints} 条`), findings(report.findings.filter(({ level }) => level === "info"), "提示")),
      make("h2", {}, `各指标（${judged.length}）`), judged.length ? verdicts(judged, "有数的指标") : make("p", {}, "没有可以判断的数。"),
      unjudged && make("details", {}, make("summary", {}, `没有数的指标 ${unjudged} 项`), verdicts(rows.filter((row) => row.实际值 === ""), "没有数的指标")),
      make("details", {}, make("summary", {}, "全文（与命令行相同）"), make("pre", { tabIndex: 0 }, text("txt"))));
  };
  const place = ({ file, sheet, cell, row, column }) => [file, sheet, cell || (row && `第${row}行`), column && `“${column}”列`].filter(Boolean).join(" ");
  const findings = (found, caption) => table(caption, ["位置", "问题", "怎样改", "规则"], found.map((each) => [
    place(each.places[0] || each) + (each.count > 1 ? ` 等 ${each.count} 处` : ""), [lamp(each.level, LEVELS[each.level]), ` ${each.message}`], each.hint || "", lookup(each.rule),
  ]));
  const verdicts = (rows, caption) => table(caption, ["编号", "状态", "指标", "目标", "实际#", "完成率#", "距序时#", "牵头单位", "备注"], rows.map((row) => [
    lookup(row.编号), row.状态 && lamp(row.light, `${{ green: "√", yellow: "△", red: "×" }[row.light] || "○"} ${row.状态}`), row.指标, row.目标, row.实际值 && row.实际值 + row.单位,
    row["完成率（%）"] && `${Number(row["完成率（%）"]).toFixed(1)}%`, gap(row), row.牵头单位, row.备注,
  ]));
  // To one place, as the full text has it, and none where it is not shown there.
  const gap = ({ 距序时: text, status }) => (text === "" || status === "open" ? "" : `${text > 0 ? "+" : ""}${Number(text).toFixed(1)}`);
  const lookup = (subject) => make("button", { type: "button", className: "link", textContent: subject, onclick: () => {
    byId("explain").querySelector("[name=subject]").value = subject;
    choose("explain");
    working("正在查", () => explain(subject));
  } });

  const digest = async (files, tell) => {
    choose("digest");
    state(`正在汇编 ${files.length} 份`, true);
    const form = byId("digest").querySelector("form"), lead = form.elements.lead.value;
    const options = [...TARGETS, ...asOf("digest"), ...(lead ? ["--lead", lead] : []), ...(form.elements.brief.checked ? ["--brief"] : [])];
    const writing = (suffix, telling) => dtcheck(["digest", ...options, "-o", `/下载/通报.${suffix}`, "--", ...tops(files)], { files }, telling);
    const done = await writing("html", tell);
    const made = done.made[0];
    if (!made) { show("digest", said(done.err)); return; }
    const save = (suffix) => button(`下载 .${suffix}`, () => (suffix === "html" ? download(made.path, made.bytes)
      : working("正在汇编", async (telling) => {
        const again = await writing(suffix, telling);
        if (!again.made.length) throw new Error(again.err.trim());
        download(again.made[0].path, again.made[0].bytes);
      })));
    const frame = make("iframe", { title: "通报", srcdoc: new TextDecoder().decode(made.bytes) });
    frame.setAttribute("sandbox", "allow-scripts");
    show("digest", said(done.err), make("div", { className: "downloads" }, ...suffixes.map(save)), frame);
  };
  const suffixes = ["html", "md", "xlsx"];

  const explain = async (subject) => {
    const done = await dtcheck(["explain", ...TARGETS, ...(subject ? ["--", subject] : [])]);
    show("explain", said(done.out + done.err));
  };
  const template = async (kind) => {
    const lead = byId("template").querySelector("[name=lead]").value, when = asOf("template");
    const name = [lead || "全部单位", when[1] || "", "报数表"].filter(Boolean).join("-");
    const done = await dtcheck(["template", ...TARGETS, ...(lead ? ["--lead", lead] : []), ...when, "-o", `/下载/${name}.${kind}`]);
    if (!done.made.length) throw new Error(done.err.trim());
    show("template", said(done.err.replaceAll("/下载/", "")));
    for (const { path, bytes } of done.made) download(path, bytes);
  };

  // Another place's targets: taken when the program can read them, else its words say why not.
  const adopt = async (bytes) => {
    const done = await dtcheck(["targets", "list", ...TARGETS, "--format", "json"], { targets: bytes });
    if (done.code) throw new Error(done.err.trim());
    targets = bytes;
    const { place: where, year, targets: goals } = JSON.parse(done.out);
    byId("scope").textContent = `${where} ${year}年《政府工作报告》量化目标，${goals.length} 项${targets === own ? "（自带）" : "（另选的目标文件）"}`;
    const leads = [...new Set(goals.map(({ lead }) => lead).filter(Boolean))].sort((one, other) => one.localeCompare(other, "zh-CN"));
    const option = (value, text) => make("option", { value, textContent: text });
    for (const select of document.querySelectorAll("[data-leads]")) select.replaceChildren(select.options[0], ...leads.map((lead) => option(lead, lead)));
    const months = [...Array(12).keys()].map((month) => option(`${year}-${String(month + 1).padStart(2, "0")}`, `${year}年${month + 1}月`));
    for (const select of document.querySelectorAll("[data-months]")) select.replaceChildren(select.options[0], ...months.map((each) => each.cloneNode(true)));
    byId("subjects").replaceChildren(...goals.map(({ code, name }) => option(code, name)), ...leads.map((lead) => option(lead, "")));
    const listed = table("全部指标", ["编号", "指标", "板块", "牵头单位", "报告原话"], goals.map((goal) => [lookup(goal.code), goal.name, goal.section, goal.lead || "", goal.phrase || ""]));
    show("targets", listed);
    kept = null;
    for (const each of document.querySelectorAll("#verify .result, #digest .result, #template .result")) each.hidden = true;
  };

  // --- tabs, drops, choices ---

  const tabs = [...document.querySelectorAll("[role=tab]")];
  const choose = (id) => {
    for (const tab of tabs) {
      const chosen = tab.getAttribute("aria-controls") === id;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
  };
  const open = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true").getAttribute("aria-controls");
  for (const [at, tab] of tabs.entries()) {
    tab.onclick = () => choose(tab.getAttribute("aria-controls"));
    tab.onkeydown = ({ key }) => {
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
      if (to !== undefined) { const next = tabs.at(to % tabs.length); next.focus(); next.click(); }
    };
  }
  for (const input of document.querySelectorAll("[data-files]")) {
    input.onchange = () => {
      const files = [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      input.value = "";
      if (files.length) accept(open(), files);
    };
  }
  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("over"); });
  addEventListener("drop", async (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    const found = [...event.dataTransfer.items].filter(({ kind }) => kind === "file").map(dropped);
    try {
      const files = (await Promise.all(found)).flat();
      if (found.length) accept(open(), files);
    } catch (error) {
      problem(`拖来的文件夹读不出来（${error.name}），请用“选择文件夹”。`);
    }
  });
  for (const select of document.querySelectorAll(".drop [name]")) {
    select.onchange = () => { if (kept && kept.panel === open()) accept(kept.panel, kept.files); };
  }
  for (const form of document.querySelectorAll("form")) form.onsubmit = (event) => event.preventDefault();
  byId("template").querySelector("form").onsubmit = (event) => {
    event.preventDefault();
    working("正在写报数表", () => template(event.submitter.value));
  };
  byId("explain").querySelector("form").onsubmit = (event) => {
    event.preventDefault();
    working("正在查", () => explain(event.target.elements.subject.value.trim()));
  };
  byId("own").onclick = () => working("正在换目标文件", () => adopt(own));
  byId("stop").onclick = () => { restart("已停止，没有结果。"); };

  launch().then(async (begun) => {
    began = true;
    own = begun.targets;
    await adopt(own);
    if (!busy) state("可以用了。");
    document.body.dataset.ready = Math.round(performance.now());
  }).catch((error) => {
    state("");
    problem(`打不开检查程序：${error.message}`);
    window.dtcheckTooOld();
  });
})();
