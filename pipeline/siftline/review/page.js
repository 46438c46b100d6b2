"use strict";
// The page of a review. Everything that comes from documents is put in as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const at = id => document.getElementById(id);
const HEIGHT = 44, MARGIN = 8;
const NAMES = {removed: "newly removed", kept: "newly kept", altered: "newly altered",
  filed: "between article and front matter", moved: "other rule, same output"};

function make(tag, props = {}, ...children) {
  const {class: name, ...rest} = props;
  const node = Object.assign(document.createElement(tag), rest);
  if (name) node.className = name;
  node.append(...children.filter(child => child !== "" && child != null));
  return node;
}

// One entry for each change, and one for each group, which its first change stands for.
const groups = data.groups.map((group, number) => ({...group, number}));
const every = groups.flatMap(group => group.changes.map(change => ({group, change, count: 1})));
const total = Math.max(every.length, Object.keys(NAMES).reduce((sum, kind) => sum + data.verdict[kind].lines, 0));
const heads = groups.map(group => ({group, change: group.changes[0], count: group.count}));
const decisions = new Map();
let shown = [], current = 0, saved = true;

// What stands above

function fillHead() {
  const verdict = data.verdict, badge = at("verdict");
  badge.textContent = {same: "no change in any result", changed: "results change", fail: "do not merge as it is",
    invalid: "this report is invalid"}[verdict.status];
  badge.className = "v-" + verdict.status;
  at("summary").textContent = data.summary;
  at("reasons").append(...verdict.reasons.map(reason => make("li", {class: "reason"}, reason.text)),
    ...verdict.notes.map(note => make("li", {}, note)));
  const options = (name, values) => at(name).append(make("option", {value: ""}, "all"),
    ...values.map(value => make("option", {value}, NAMES[value] || value)));
  options("f-kind", Object.keys(NAMES).filter(kind => groups.some(group => group.kind === kind)));
  options("f-lang", [...new Set(every.map(entry => entry.change.lang))].sort());
  const rules = new Set(groups.flatMap(group => [group.rule, group.other]).filter(Boolean));
  at("rule-names").append(...[...rules].sort().map(value => make("option", {value})));
}

// The list: only the rows in sight are in the page, so that any number of changes scrolls

function filter() {
  const kind = at("f-kind").value, rule = at("f-rule").value.trim(), lang = at("f-lang").value;
  const points = Number(at("f-points").value) || 0, text = at("f-text").value.trim().toLowerCase();
  const fits = ({group, change}) => (!kind || group.kind === kind) && (!lang || change.lang === lang) &&
    group.points >= points && (!rule || group.rule.includes(rule) || group.other.includes(rule)) &&
    (!text || change.text.toLowerCase().includes(text) || change.document.toLowerCase().includes(text));
  const kept = shown[current];
  shown = (at("f-groups").checked ? heads : every).filter(fits);
  at("space").style.height = shown.length * HEIGHT + "px";
  const lines = shown.reduce((sum, entry) => sum + entry.count, 0);
  at("count").textContent = `${lines} of ${total} changes, ${decisions.size} decided`;
  select(Math.max(0, shown.indexOf(kept)));
}

function draw() {
  const list = at("list"), first = Math.max(0, Math.floor(list.scrollTop / HEIGHT) - MARGIN);
  const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / HEIGHT) + MARGIN);
  at("rows").style.top = first * HEIGHT + "px";
  at("rows").replaceChildren(...shown.slice(first, last).map((entry, n) => row(entry, first + n)));
  list.setAttribute("aria-activedescendant", "row-" + current);
}

function row(entry, number) {
  const {group, change, count} = entry;
  const node = make("div", {class: "item", id: "row-" + number},
    make("span", {class: "text"}, mark(change), " ", change.text),
    make("span", {class: "what"}, make("span", {class: "chip " + group.kind}, NAMES[group.kind]),
      count > 1 ? ` ×${count} ` : " ", group.rule || "no rule", ` · ${change.document}:${change.line}`));
  node.setAttribute("role", "option");
  node.setAttribute("aria-selected", String(number === current));
  node.addEventListener("click", () => select(number));
  return node;
}

function mark(change) {
  const verdict = decisions.get(change.id)?.verdict;
  return verdict ? make("span", {class: verdict}, verdict === "right" ? "✓" : "✗") : "";
}

function select(number) {
  current = Math.min(Math.max(0, number), Math.max(0, shown.length - 1));
  const list = at("list"), top = current * HEIGHT;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + HEIGHT - list.clientHeight;
  draw();
  detail();
}

// One change

function detail() {
  const entry = shown[current];
  if (!entry) return at("detail").replaceChildren(make("p", {}, "No change fits."));
  const {group, change} = entry;
  const rule = data.rules.find(rule => rule.id === group.rule);
  const says = {true: "belongs to the article", false: "does not belong to the article", null: "says nothing of it"}[change.gold];
  const facts = [["rule", group.rule + (rule?.why ? " – " + rule.why : "")], ["instead of", group.other],
    ["document", `${change.document}, line ${change.line}`], ["language", change.lang], ["gold", says],
    ["suspicion", `${group.points}${group.reasons.length ? ": " + group.reasons.join(", ") : ""}`]];
  const choice = (verdict, label) => make("button", {onclick: () => decide(verdict), type: "button"}, label);
  at("detail").replaceChildren(
    make("h2", {}, make("span", {class: "chip " + group.kind}, NAMES[group.kind]), " ", mark(change)),
    make("dl", {}, ...facts.filter(fact => fact[1]).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("div", {class: "lines"}, ...change.above.map(text => make("div", {class: "context"}, text)), ...changed(group, change),
      ...change.below.map(text => make("div", {class: "context"}, text))),
    make("div", {class: "choices"}, choice("right", "Right (a)"), choice("wrong", "Wrong (r)"), choice("", "Undecided (u)"),
      data.texts[change.document] ? make("button", {type: "button", onclick: () => openDocument(change)}, "Document (o)") : ""),
    ...like(entry));
}

function changed(group, change) {
  if (group.kind === "altered") return [make("div", {class: "removed"}, change.before), make("div", {class: "kept"}, change.after)];
  const [start, end] = change.span || [0, 0], text = [...change.text];
  const cut = (from, to) => text.slice(from, to).join("");
  return [make("div", {class: group.kind}, cut(0, start), change.span ? make("mark", {}, cut(start, end)) : "", cut(end))];
}

function like(entry) {
  const others = entry.group.changes.filter(change => change !== entry.change);
  if (!others.length) return [];
  const count = entry.group.count - 1;
  const lines = others.slice(0, 100).map(change => make("div", {class: "context"}, mark(change), ` ${change.document}:${change.line}  ${change.text}`));
  return [make("h2", {}, `${count} like it` + (count > lines.length ? `, of which ${lines.length} are shown` : "")),
    make("div", {class: "lines"}, ...lines)];
}

function decide(verdict) {
  const entry = shown[current];
  if (!entry) return;
  const {kind, rule, other} = entry.group;
  if (verdict) decisions.set(entry.change.id, {verdict, kind, rule, other, ...entry.change});
  else decisions.delete(entry.change.id);
  saved = false;
  at("save").disabled = !decisions.size;
  at("save").textContent = `Save ${decisions.size} decision${decisions.size === 1 ? "" : "s"}`;
  filter();
  if (verdict) select(current + 1);
}

function save() {
  const content = {format: "siftline-decisions/1", decisions: [...decisions.values()]};
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1) + "\n"], {type: "application/json"}));
  make("a", {href: url, download: "decisions.json"}).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  saved = true;
}

// A document, before and after

function openDocument(change) {
  at("document-title").textContent = change.document;
  const only = at("only-changed");
  only.onchange = () => drawDocument(change, only.checked);
  drawDocument(change, only.checked);
  if (!at("document").open) at("document").showModal();
  document.querySelector("#document .here")?.scrollIntoView({block: "center"});
}

function drawDocument(change, only) {
  const lines = data.texts[change.document].map(line => typeof line === "string" ? [line, line, "", line, ""] : line);
  const differ = lines.map(line => line[1] !== line[3] || line[2] !== line[4]);
  const near = n => !only || differ.slice(Math.max(0, n - 3), n + 4).some(Boolean);
  const body = make("div", {class: "side"});
  let gap = false;
  lines.forEach(([source, before, ruleBefore, after, ruleAfter], n) => {
    if (!near(n)) return gap || body.append(make("div", {class: "gap"}, "⋯")), gap = true;
    gap = false;
    const here = n + 1 === change.line ? " here" : "";
    body.append(make("div", {class: "n" + here}, String(n + 1)),
      side(source, before, ruleBefore, before !== after), side(source, after, ruleAfter, before !== after));
  });
  at("document-body").replaceChildren(body);
}

function side(source, text, rule, differs) {
  const kind = differs ? (text === null ? " changed-out" : " changed-in") : "";
  const note = rule ? make("small", {}, rule) : "";
  return make("div", {class: kind}, text === null ? make("span", {class: "out"}, source) : text, note);
}

// The other views

function table(heads, rows) {
  return make("table", {}, make("thead", {}, make("tr", {}, ...heads.map(head => make("th", {}, head)))), make("tbody", {}, ...rows));
}

function fillRules() {
  const cell = value => make("td", {class: typeof value === "number" || /^[\d .→–()]+$/.test(value) ? "n" : ""}, String(value ?? ""));
  const pair = (rule, name) => rule.before[name] === rule.after[name] ? String(rule.after[name]) : `${rule.before[name]} → ${rule.after[name]}`;
  const order = rule => !rule.differs ? (rule.after.lines || rule.before.lines ? 2 : 3) : /same|engine/.test(rule.state) ? 1 : 0;
  const rows = [...data.rules].sort((a, b) => order(a) - order(b)).map(rule => {
    const link = make("button", {class: "link", type: "button", onclick: () => showRule(rule.id)}, rule.id);
    const share = rule.precision ? `${rule.precision[0].toFixed(3)} (${rule.precision[1].toFixed(3)}–${rule.precision[2].toFixed(3)})` : "";
    const langs = Object.entries(rule.after.languages).map(([lang, count]) => `${lang} ${count}`).join(", ");
    const would = rule.after.shadow ? ` (would: ${rule.after.shadow})` : "";
    return make("tr", {}, make("td", {title: rule.why}, link), cell(rule.state + (rule.status === "shadow" ? ", shadow" : "")),
      cell([...new Set(rule.revision.filter(Boolean))].join(" → ")), cell(pair(rule, "documents")), cell(pair(rule, "lines") + would),
      cell(pair(rule, "alone")), cell(share), cell(langs), cell(rule.ms_per_million_characters ?? ""));
  });
  at("rules").append(table(["rule", "state", "revision", "documents", "lines", "only this rule", "precision (95 %)", "languages",
    data.rules.some(rule => rule.ms_per_million_characters) ? "ms a million characters" : ""], rows));
}

function showRule(name) {
  at("f-rule").value = name;
  show("changes");
  filter();
}

function fillDamage() {
  const of = Object.fromEntries(data.documents.map(document => [document.id, document]));
  const link = name => make("button", {class: "link", type: "button", onclick: () => openDocument({document: name, line: 0}),
    disabled: !data.texts[name]}, name);
  const list = (title, names, heads, cells) => names.length ? [make("h2", {}, `${title}: ${names.length}`),
    table(["document", ...heads], names.map(name => make("tr", {}, make("td", {}, link(name)), ...cells(of[name]).map(text => make("td", {}, text)))))] : [];
  const damage = data.damage, text = value => value || "–";
  at("damage").append(
    ...list("Nothing is left", damage.emptied, ["characters newly removed"], one => [String(one.lost)]),
    ...list("Lose most", damage.losers, ["characters newly removed", "newly kept"], one => [String(one.lost), String(one.won)]),
    ...list("Headline changes", damage.headlines, ["before", "after"], one => one.headline.map(text)),
    ...list("First paragraph changes", damage.openings, ["before", "after"], one => one.opening.map(text)),
    ...list("Cannot be cleaned", damage.rejected, ["before", "after"], one => one.error.map(text)));
  if (!at("damage").childElementCount) at("damage").append(make("p", {}, "No document is worse off."));
}

function show(name) {
  for (const view of ["changes", "rules", "damage"]) {
    at(view).hidden = view !== name;
    at("tab-" + view).setAttribute("aria-selected", String(view === name));
  }
  if (name === "changes") draw();
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || at("document").open || at("changes").hidden) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
  const keys = {j: () => select(current + 1), ArrowDown: () => select(current + 1), k: () => select(current - 1),
    ArrowUp: () => select(current - 1), PageDown: () => select(current + 10), PageUp: () => select(current - 10), Home: () => select(0),
    End: () => select(shown.length - 1), a: () => decide("right"), r: () => decide("wrong"), u: () => decide(""),
    o: () => shown[current] && data.texts[shown[current].change.document] && openDocument(shown[current].change)};
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
for (const view of ["changes", "rules", "damage"]) at("tab-" + view).addEventListener("click", () => show(view));
for (const name of ["f-kind", "f-rule", "f-lang", "f-points", "f-text", "f-groups"]) at(name).addEventListener("input", filter);
at("filters").addEventListener("submit", event => event.preventDefault());
at("list").addEventListener("scroll", draw);
at("save").addEventListener("click", save);
at("close").addEventListener("click", () => at("document").close());
addEventListener("resize", draw);
addEventListener("beforeunload", event => { if (!saved && decisions.size) event.preventDefault(); });
fillHead();
fillRules();
fillDamage();
filter();
