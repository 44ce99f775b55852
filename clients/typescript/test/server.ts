import { FitnessifySession, type SessionOptions, type SessionState, type SignedOutError } from "@fitnessify/client";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Issuer } from "./issuer.js";

const root = new URL("../../../../", import.meta.url);
const configuration = process.env.CONFIGURATION ?? "Debug";
const built = fileURLToPath(new URL(`src/WebApi/bin/${configuration}/net10.0`, root));
const program = join(process.env.FITNESSIFY_SERVER ?? built, "Fitnessify.WebApi.dll");
const databases = fileURLToPath(new URL(`tools/Databases/bin/${configuration}/net10.0/Fitnessify.Databases.dll`, root));

/** The settings of a database of one's own: on the SQL Server that the tests are told of, else a file. */
function newDatabase(folder: string): Record<string, string> {
  if (!process.env.FITNESSIFY_TEST_SQLSERVER) {
    return { ConnectionStrings__Fitnessify: `Data Source=${join(folder, "fitnessify.db")}` };
  }

  const lines = execFileSync("dotnet", [databases, "new"], { encoding: "utf8" }).trimEnd().split("\n");
  return Object.fromEntries(lines.map((line) => /^([^=]*)=(.*)$/.exec(line)!.slice(1)));
}

function dropDatabase(settings: Record<string, string>): void {
  if (settings.Database__Provider) execFileSync("dotnet", [databases, "drop"], { env: { ...process.env, ...settings } });
}

export const PASSWORD = "correct horse battery staple";

/** The first admin of a {@link Server}. */
export const ADMIN = { username: "grace", password: "velvet anchor drifts past noon" };

/** The built server, over a database of its own. */
export class Server {
  #process: ChildProcess | undefined;
  #database: Record<string, string> = {};

  private constructor(
    readonly folder: string,
    private readonly settings: Record<string, string>,
    public url = "http://127.0.0.1:0",
  ) {}

  /** A server that runs already, and that {@link stop} leaves running. */
  static at(url: string): Server {
    return new Server("", {}, url);
  }

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    if (!existsSync(program)) throw new Error(`${program} is missing: run "dotnet build -c ${configuration}" first.`);
    const server = new Server(await mkdtemp(join(tmpdir(), "fitnessify-")), settings);
    server.#database = newDatabase(server.folder);
    await server.start();
    return server;
  }

  /** Again after {@link kill}: at the same address, over the same database. */
  async start(): Promise<void> {
    const server = spawn("dotnet", [program, "--urls", this.url], {
      cwd: this.folder,
      env: {
        ...process.env,
        ASPNETCORE_ENVIRONMENT: "Development",
        ...this.#database,
        Mail__PickupFolder: join(this.folder, "mail"),
        Accounts__PasswordIterations: "1000",
        Jobs__OverdueScanSeconds: "1",
        RateLimits__Enabled: "false",
        Seed__Admin__Username: ADMIN.username,
        Seed__Admin__Email: "grace@example.com",
        Seed__Admin__Password: ADMIN.password,
        ...this.settings,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = server;
    // The start line tells that it listens, and where.
    this.url = await new Promise((resolve, reject) => {
      let log = "";
      server.stdout.setEncoding("utf8").on("data", (text: string) => {
        log += text;
        const address = /listens on (http:\S+),/.exec(log)?.[1];
        if (address) resolve(address);
      });
      server.once("exit", (code) => reject(new Error(`The server ended with ${code}:\n${log}`)));
    });
  }

  /** As kill -9 does. */
  async kill(): Promise<void> {
    const server = this.#process!;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await ended;
  }

  async stop(): Promise<void> {
    if (!this.#process) return;
    await this.kill();
    dropDatabase(this.#database);
    await rm(this.folder, { recursive: true });
  }

  /** A user of the test's own, signed in. */
  async signUp(options: SessionOptions = {}): Promise<FitnessifySession> {
    const session = new FitnessifySession(this.url, { retryDelay: 5, ...options });
    const username = newName();
    await session.api.auth.register({ username, email: `${username}@example.com`, password: PASSWORD });
    await session.signIn(username, PASSWORD, "Test");
    return session;
  }
}

/** The most tasks that a user of a shared server has. */
export const MAX_TASKS = 400;

/** A server for several test files, and an issuer that it trusts. Each test signs up users of its own, and changes no settings. */
export interface Shared {
  server: Server;
  issuer: Issuer;
}

/** Returns the shared server of the run, which starts it for all files; without a run, the file gets one of its own. */
export async function share(): Promise<Shared> {
  const { FITNESSIFY_SHARED_SERVER: shared } = process.env;
  if (!shared) return await startShared();
  const { url, issuer } = JSON.parse(shared);
  return { server: Server.at(url), issuer: Issuer.at(issuer) };
}

/** Starts a server as {@link share} returns it. The issuer ends with the process. */
export async function startShared(): Promise<Shared> {
  const issuer = await Issuer.start();
  const server = await Server.start({ ...issuer.settings, Accounts__Guests: "true", Tasks__MaxPerUser: `${MAX_TASKS}` });
  return { server, issuer };
}

/** Collects why the server has ended sessions. */
export const endsInto = (reasons: SignedOutError[]) => (state: SessionState) => {
  if (state.type === "signedOut" && state.reason) reasons.push(state.reason);
};

export function newName(): string {
  return `user-${crypto.randomUUID().slice(0, 20)}`;
}

/** What the server says, without the server. */
export function problem(status: number, code: string, headers: Record<string, string> = {}, members: object = {}): Response {
  const about = { type: `urn:fitnessify:error:${code}`, title: code, detail: `About ${code}.`, instance: "/", traceId: "0" };
  return new streaming.Response(JSON.stringify({ ...about, status, code, ...members }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}

/** A response with this body in JSON. */
export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new streaming.Response(JSON.stringify(body), { ...init, headers: { "Content-Type": "application/json" } });

declare global {
  var streaming: { fetch: typeof fetch; Response: typeof Response } | undefined;
}

/** A fetch whose responses are streams: that of the platform, or what an app takes in its place where it has none. */
export const streaming = globalThis.streaming ?? { fetch, Response };

/** A connection to the server that can be watched and disturbed. */
export class Line {
  /** Method and path of each call that reached the server. */
  readonly calls: string[] = [];
  readonly #expired = new Set<string>();
  /** Asked before each call; an answer takes the place of the server's. */
  before: (call: string, init: RequestInit) => Response | undefined = () => undefined;
  /** Asked before each call; true never answers, and heeds no signal. */
  hangs: (call: string) => boolean = () => false;
  /** Asked after each call; true loses the server's answer. */
  loses: (call: string) => boolean = () => false;

  /** @param send The fetch that reaches the server. */
  constructor(private readonly send: typeof fetch = fetch) {}

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const call = `${init.method} ${new URL(String(input)).pathname}`;
    const token = new Headers(init.headers).get("Authorization") ?? "";
    const instead = this.#expired.has(token) ? problem(401, "token_expired") : this.before(call, init);
    if (instead) return instead;
    if (this.hangs(call)) return await new Promise<never>(() => undefined);
    this.calls.push(call);
    const answer = await this.send(input, init);
    if (this.loses(call)) {
      await answer.body?.cancel();
      throw new TypeError("The connection was lost.");
    }

    return answer;
  };

  /** From now on as if its time were over. */
  expire(accessToken: string): void {
    this.#expired.add(`Bearer ${accessToken}`);
  }

  count(call: string): number {
    return this.calls.filter((made) => made === call).length;
  }
}
