import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PASSWORD, type Server, newName, share } from "./server.js";

const README = new URL("../../README.md", import.meta.url);
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

// Here, where the name of the package leads to it. Types each line once the words before it have been printed.
async function run(file: URL, args: string[] = [], typed: [after: string, line: string | undefined][] = []): Promise<string> {
  const program = spawn(process.execPath, [fileURLToPath(file), ...args], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  program.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    while (typed[0] && output.includes(typed[0][0])) {
      const [, line] = typed.shift()!;
      line === undefined ? program.stdin.end() : program.stdin.write(`${line}\n`);
    }
  });
  assert.equal(await new Promise((resolve) => program.once("close", resolve)), 0, output);
  return output;
}

test("the examples of the README do what they say", async () => {
  const blocks = [...(await readFile(README, "utf8")).matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code!);
  const outputs: string[] = [];
  for (const [number, code] of blocks.entries()) {
    const file = new URL(`example${number}.mjs`, import.meta.url);
    await writeFile(file, code.replaceAll("http://localhost:5080", server.url));
    outputs.push(await run(file));
  }

  assert.deepEqual(outputs, [
    "Added: Pay rent, todo\nOverdue: Pay rent\n",
    [
      "POST /api/v1/auth/register: 201", "POST /api/v1/auth/login: 200", "signedIn", "signedOut", "POST /api/v1/auth/logout: 204", "",
    ].join("\n"),
    "#/username: The length of 'Username' must be at least 3 characters. You entered 1 characters.\n",
    "Not changed.\nAnother device was quicker: inProgress\nBegun: Buy milk\nBuy milk\n",
    "Without a connection: Buy milk, 1 change waits\nOn the server: Buy milk\n",
    "Show Pay rent\nClose 0192f6a2-7c1e-7d3b-9a55-1f2e3d4c5b6a\n",
    "oats, milk, tea, bread\n",
    "2026-12-01T23:00:00.000Z\n2026-12-01T07:00:00.000Z\n2026-12-02\n2026-12-02 00:30, tomorrow is 2026-12-03\n",
    "Run, 2030-12-04 at 18:00\ntrue\nLater: 2030-12-06, 2030-12-09\n",
  ]);
  assert(blocks[0]!.split("\n").filter((line) => line !== "").length <= 15);
});

test("the sample registers, signs in, adds a task and follows the stream", async () => {
  const sample = new URL("../sample/tasks.js", import.meta.url);
  const output = await run(sample, [server.url], [
    ["Username?", newName()],
    ["Password?", PASSWORD],
    ["Type a task", "Pay rent @ 2020-01-01T18:00:00Z"],
    ["Overdue: Pay rent", undefined],
  ]);
  assert.match(output, /Added: Pay rent, due 2020-01-01T18:00:00.000Z\n/);
});

test("the package has the version of the API", async () => {
  const props = await readFile(new URL("../../../../Directory.Build.props", import.meta.url), "utf8");
  const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  assert.equal(version, /<Version>(.*)<\/Version>/.exec(props)![1]);
});
