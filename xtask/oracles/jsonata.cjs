// Compares our verdicts on JSONata expressions with the reference implementation's: on all expressions of its own suite and
// of a corpus, and on many random edits of these. The same edits every time.
//
// usage: node jsonata.cjs GOLDEN VERDICTS COUNT, with the command that judges a JSON string a line
"use strict";

const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const jsonata = require("jsonata");

// At most one in so many may differ, each for a reason that is listed.
const ONE_IN = 1000;
const REASONS = [
  { reason: "the reference leaves regular expressions to its host, which refuses some without a code",
    holds: (theirs) => !theirs.accepted && theirs.code === undefined },
];
const PIECES = [
  ".", "[", "]", "{", "}", "(", ")", ",", "@$x", "#$i", ";", ":", "?", "?:", "??", "+", "-", "*", "**", "/", "%", "|", "=",
  "<", "^(<a)", "~>", ":=", "!=", "and", "in", '"', "'", "`", "\\", "/a/", "/*", "1", "1e999", "0.5", "null", "$", "$$",
  "$x", "function($a){", "λ(", "<n<n>>", " ", "a", "..", '"s"', "[%.a=1]",
];

function main([golden, verdicts, count]) {
  const read = (name) => JSON.parse(readFileSync(join(golden, "jsonata", name), "utf8"));
  const known = [...read("suite.json").cases.map((c) => c.expr), ...read("corpus.json").map((c) => c.expression)];
  const expressions = known.concat(edits(known, Number(count))).filter(isWellFormed);
  const ours = judged(verdicts, expressions);
  const differ = [];
  let explained = 0;
  expressions.forEach((expression, n) => {
    const theirs = reference(expression);
    if (agree(theirs, ours[n])) return;
    if (REASONS.some(({ holds }) => holds(theirs, ours[n]))) explained += 1;
    else differ.push({ expression, theirs, ours: ours[n] });
  });
  console.log(`jsonata: ${expressions.length} expressions, ${differ.length} differ, ${explained} more for known reasons`);
  for (const found of differ.slice(0, 10)) console.log(JSON.stringify(found));
  process.exitCode = (differ.length + explained) * ONE_IN > expressions.length ? 1 : 0;
}

function edits(known, count) {
  const below = random(1);
  const pick = (list) => list[below(list.length)];
  return Array.from({ length: count }, () => {
    let text = pick(known);
    for (let times = 1 + below(3); times > 0; times -= 1) {
      const at = below(text.length + 1);
      const [before, after] = [text.slice(0, at), text.slice(at)];
      const other = pick(known);
      const from = below(other.length + 1);
      text = pick([
        () => before + after.slice(1 + below(3)),
        () => before + pick(PIECES) + after,
        () => before + pick(PIECES) + after.slice(1),
        () => before + other.slice(from, from + below(12)) + after,
      ])();
    }
    return text;
  });
}

// Numbers without a pattern, the same in every run: mulberry32.
function random(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

function judged(command, expressions) {
  const input = expressions.map((expression) => JSON.stringify(expression)).join("\n");
  const { status, stdout, stderr } = spawnSync(command, { input, encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${command}: ${status}\n${stderr}`);
  return stdout.trim().split("\n").map((line) => JSON.parse(line));
}

function reference(expression) {
  try {
    jsonata(expression);
    return { accepted: true };
  } catch ({ code, position, message }) {
    return { accepted: false, code, position, message };
  }
}

// The reference gives some errors no position.
function agree(theirs, ours) {
  if (theirs.accepted || ours.accepted) return theirs.accepted === ours.accepted;
  const place = theirs.position === undefined || theirs.position === ours.position;
  return theirs.code === ours.code && place && theirs.message === ours.message;
}

// Half a character cannot be handed over as UTF-8.
function isWellFormed(text) {
  return !/[\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""));
}

main(process.argv.slice(2));
