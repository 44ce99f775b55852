import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const configuration = process.env.CONFIGURATION ?? "Debug";
const built = fileURLToPath(new URL(`../../src/WebApi/bin/${configuration}/net10.0`, import.meta.url));
const program = join(process.env.FITNESSIFY_SERVER ?? built, "Fitnessify.WebApi.dll");
const databases = fileURLToPath(
  new URL(`../../tools/Databases/bin/${configuration}/net10.0/Fitnessify.Databases.dll`, import.meta.url),
);

const issuers = fileURLToPath(
  new URL(`../../tools/Issuer/bin/${configuration}/net10.0/Fitnessify.Issuer.dll`, import.meta.url),
);

/** Returns the settings of a new database: on the SQL Server of the tests if there is one, else in a file. */
function newDatabase(folder) {
  if (!process.env.FITNESSIFY_TEST_SQLSERVER) {
    return { ConnectionStrings__Fitnessify: `Data Source=${join(folder, "fitnessify.db")}` };
  }

  const lines = execFileSync("dotnet", [databases, "new"], { encoding: "utf8" }).trimEnd().split("\n");
  return Object.fromEntries(lines.map((line) => /^([^=]*)=(.*)$/.exec(line).slice(1)));
}

function dropDatabase(database) {
  if (database.Database__Provider) {
    execFileSync("dotnet", [databases, "drop"], { env: { ...process.env, ...database } });
  }
}

/**
 * Starts the built server on a free port with its own database.
 * @param {{ publicHost?: string, settings?: Record<string, string> }} options the host name in links to
 * the server, and further settings
 */
export async function startServer({ publicHost = "127.0.0.1", settings = {} } = {}) {
  if (!existsSync(program)) {
    throw new Error(`${program} is missing: run "dotnet build -c ${configuration}" first.`);
  }

  const folder = await mkdtemp(join(tmpdir(), "fitnessify-"));
  const database = newDatabase(folder);
  const mails = join(folder, "mail");
  // The address has to be known beforehand, because the links in mails start with it.
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const publicUrl = `http://${publicHost}:${port}`;
  const env = {
    ...process.env,
    ASPNETCORE_ENVIRONMENT: "Development",
    ...database,
    Mail__PickupFolder: mails,
    App__PublicUrl: publicUrl,
    ...settings,
  };
  // This runs a command of the program with the same database.
  const run = (...words) => execFileSync("dotnet", [program, ...words], { cwd: folder, env, timeout: 60_000 });
  const server = spawn("dotnet", [program, "--urls", address], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = async () => {
    server.kill();
    await ended;
    dropDatabase(database);
    await rm(folder, { recursive: true });
  };

  try {
    return { url: await addressOf(server), publicUrl, mails, run, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the program that stands for Google and Apple, and returns the settings that make a server trust it. */
export async function startIssuer() {
  const folder = await mkdtemp(join(tmpdir(), "fitnessify-"));
  const issuer = spawn("dotnet", [issuers, "--urls", "http://127.0.0.1:0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => issuer.once("exit", resolve));
  const stop = async () => {
    issuer.kill();
    await ended;
    await rm(folder, { recursive: true });
  };
  const log = await logUntil(issuer, /listen on http:\S+\.\n/);
  const settings = Object.fromEntries([...log.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
  return { url: /listen on (http:\S+)\.\n/.exec(log)[1], settings, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// The start line says that the server listens, and at which address.
async function addressOf(server) {
  const start = /listens on (http:\S+),/;
  return start.exec(await logUntil(server, start))[1];
}

/** Waits until a program has written a line, and returns everything up to it. */
function logUntil(program, line) {
  return new Promise((resolve, reject) => {
    let log = "";
    program.stdout.setEncoding("utf8").on("data", (text) => {
      log += text;
      if (line.test(log)) {
        resolve(log);
      }
    });
    program.once("exit", (code) => reject(new Error(`A program ended with ${code}:\n${log}`)));
  });
}
