import { ConnectionError, ErrorCode, FROM_THE_BEGINNING, FitnessifyError, FitnessifySession, SignedOutError, type TaskDto, type TaskPatch, etagOf } from "@fitnessify/client";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FaultyProxy, random } from "./proxy.js";
import { PASSWORD, Server, share } from "./server.js";

const STEPS = 500;
const LONG_AGO = "2020-01-01T00:00:00Z";
// Four attempts, each after a refresh perhaps, and what the machine needs.
const LIMIT = 4 * (400 + 400) + 3_000;
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

/** An app as docs/offline-sync.md describes it: copies, changes that wait, and their way to the server. */
class App {
  readonly copies = new Map<string, TaskDto>();
  /** What the user has done, wherever it is by now. */
  readonly wanted = new Map<string, string>();
  readonly #waiting: (() => Promise<void>)[] = [];
  #since: string | undefined;

  constructor(private readonly session: FitnessifySession) {}

  create(title: string, dueAt: string | null): void {
    const id = crypto.randomUUID();
    this.wanted.set(id, title);
    this.#waiting.push(async () => void this.copies.set(id, await this.session.createTask({ title, dueAt }, id)));
  }

  patch(id: string, title: string): void {
    this.wanted.set(id, title);
    this.#waiting.push(async () => void this.copies.set(id, await this.#send(id, { title }, this.copies.get(id)!)));
  }

  remove(id: string): void {
    this.wanted.delete(id);
    this.#waiting.push(async () => {
      await this.session.api.tasks.delete(id).catch(unless(ErrorCode.notFound));
      this.copies.delete(id);
    });
  }

  /** Sends what waits, oldest first, each until its answer is there. */
  async push(): Promise<void> {
    while (this.#waiting[0]) {
      await timed(this.#waiting[0]);
      this.#waiting.shift();
    }
  }

  async pull(): Promise<void> {
    for await (const page of this.session.sync(this.#since)) {
      for (const { id, deleted, task } of page.items) {
        if (deleted) this.copies.delete(id);
        else if (!this.copies.has(id) || this.copies.get(id)!.version < task!.version) this.copies.set(id, task!);
      }

      this.#since = page.next;
    }
  }

  async #send(id: string, patch: TaskPatch, base: TaskDto): Promise<TaskDto> {
    try {
      return await this.session.api.tasks.patch(id, patch, { ifMatch: etagOf(base) });
    } catch (error) {
      if (!(error instanceof FitnessifyError) || error.code !== ErrorCode.preconditionFailed) throw error;
      return await this.#send(id, patch, error.problem.current!);
    }
  }
}

let longest = 0;

async function timed<T>(call: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await call();
  } finally {
    longest = Math.max(longest, performance.now() - started);
  }
}

const unless = (code: string) => (error: unknown) => {
  if (!(error instanceof FitnessifyError) || error.code !== code) throw error;
};

test(`${STEPS} calls over an unreliable connection end with equal data on both sides`, { timeout: 240_000 }, async (context) => {
  const next = random(20260314);
  const direct = await server.signUp();
  const proxy = await FaultyProxy.start(server.url, next);
  const { username } = await direct.api.users.getMe();
  let kept = await new FitnessifySession(server.url).signIn(username, PASSWORD);
  const session = new FitnessifySession(proxy.url, {
    retryDelay: 2, timeout: 400, connectTimeout: 400,
    tokens: { get: async () => kept, set: async (renewed) => void (kept = renewed), clear: async () => assert.fail("Signed out.") },
  });
  const app = new App(session);
  const told: string[] = [];
  const stop = new AbortController();
  context.after(() => (stop.abort(), proxy.stop()));
  const run = async (call: () => Promise<unknown>) => {
    try {
      await call();
    } catch (error) {
      const isExpected = error instanceof ConnectionError || (error instanceof FitnessifyError && !(error instanceof SignedOutError));
      assert(isExpected, `not typed: ${String(error)}`);
    }
  };
  // The stream ends, too, if the proxy says twice that the token has expired.
  const listening = (async () => {
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      await run(async () => {
        for await (const { id } of session.notifications({ after, signal: stop.signal })) told.push((after = id));
      });
    }
  })().catch((error: unknown) => (stop.signal.aborted ? undefined : Promise.reject(error)));

  for (let step = 0; step < STEPS; step++) {
    const ids = [...app.wanted.keys()];
    const id = ids[Math.floor(next() * ids.length)];
    const kind = next();
    if (kind < 0.3 || !id) app.create(`Task ${step}`, next() < 0.3 ? LONG_AGO : null);
    else if (kind < 0.55) app.patch(id, `Changed ${step}`);
    else if (kind < 0.65) app.remove(id);
    else if (kind < 0.85) await run(() => app.pull());
    else await Promise.all(([session.api.tasks.list(), session.api.tasks.getSummary(), session.api.users.getMe()] as Promise<unknown>[]).map((of) => run(() => timed(() => of))));
    if (step % 2 === 0) await run(() => app.push());
  }

  proxy.isFaulty = false;
  await app.push();
  await app.pull();
  const stored = new Map<string, TaskDto>();
  for await (const task of direct.tasks()) stored.set(task.id, task);

  const titles = (of: Iterable<[string, string]>) => [...of].sort();
  assert.deepEqual(titles([...stored].map(([id, { title }]) => [id, title])), titles(app.wanted));
  const versions = (of: Map<string, TaskDto>) => titles([...of].map(([id, { version, title }]) => [id, `${version} ${title}`]));
  assert.deepEqual(versions(app.copies), versions(stored));
  assert(longest < LIMIT, `A call took ${longest} ms.`);
  assert.equal(proxy.faults.size, 8);

  // And whatever was told has come, once.
  const wasTold = async () => (await direct.api.notifications.list({ limit: 200 })).items.map(({ id }) => id).sort();
  for (const began = performance.now(); performance.now() - began < 20_000 && told.length < (await wasTold()).length; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  assert.deepEqual([...told].sort(), await wasTold());
  stop.abort();
  await listening;
});

test("a server restart neither loses nor duplicates a notification", async (context) => {
  const server = await Server.start();
  context.after(() => server.stop());
  const session = await server.signUp();
  const stream = session.notifications({ after: FROM_THE_BEGINNING });
  const add = (title: string) => session.api.tasks.create({ title, dueAt: LONG_AGO });
  const next = async () => (await stream.next()).value?.title;
  await add("first");
  assert.equal(await next(), "first");

  // Whether the second one is told before the end or after the start: it comes.
  await add("second");
  const second = next();
  await server.kill();
  await server.start();
  assert.equal(await second, "second");
  await add("third");
  assert.equal(await next(), "third");
  await stream.return();

  const titles: string[] = [];
  for await (const { title } of session.notifications({ after: FROM_THE_BEGINNING })) {
    if (titles.push(title) === 3) break;
  }
  assert.deepEqual(titles, ["first", "second", "third"]);
});
