// Runs one handler once: node node.mjs CODE_DIRECTORY HANDLER RESULT_FILE, the event on standard input.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , directory, handler, resultFile] = process.argv;
const [file, name] = handler.split(".");
try {
  const event = JSON.parse(readFileSync(0, "utf8"));
  const path = ["mjs", "js", "cjs"].map((end) => join(directory, `${file}.${end}`)).find(existsSync);
  if (path === undefined) throw new Error(`no module ${file} in the code`);
  const module = await import(pathToFileURL(path));
  const run = module[name] ?? module.default?.[name];
  const result = await run(event, { functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION });
  writeFileSync(resultFile, JSON.stringify(result ?? null));
} catch (error) {
  writeFileSync(resultFile, JSON.stringify({ errorType: error.name, errorMessage: error.message }));
  process.exitCode = 1;
}
