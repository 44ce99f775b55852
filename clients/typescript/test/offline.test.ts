import { ConnectionError, FitnessifySession, type ListDto, type TaskDto, successorId } from "@fitnessify/client";
import { type ListConflict, MemoryOfflineStore, type OfflineResolution, OfflineReplica, type TaskConflict } from "@fitnessify/client/offline";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Line, PASSWORD, type Server, share } from "./server.js";

type Members = Record<string, unknown>;

interface Step {
  on: string; do: string; ref: string; kind?: "list"; input?: Members; patch?: Members; body?: Members; item?: Members | null;
  lose?: number; cut?: number; code?: string; count?: number;
}

interface Scenario {
  name: string; steps: Step[]; resolutions?: Record<string, OfflineResolution[]>;
  conflicts?: { on: string; ref: string; base: Members | null; mine: Members | null; theirs: Members | null }[];
  tasks: Record<string, Members>; lists: Record<string, Members>;
}

const vectors = new URL("../../../vectors/offline.json", import.meta.url);
let server: Server;

before(async () => void ({ server } = await share()));
after(() => server.stop());

for (const scenario of JSON.parse(readFileSync(vectors, "utf8")) as Scenario[]) {
  test(scenario.name, async () => await new Run(scenario).finish());
}

/** One scenario, with an account of its own. */
class Run {
  readonly #ids = new Map<string, string>();
  readonly #apps = new Map<string, App>();
  readonly #conflicts: (TaskConflict | ListConflict)[] = [];
  readonly #by: string[] = [];

  constructor(private readonly scenario: Scenario) {}

  async finish(): Promise<void> {
    const { steps, conflicts, tasks, lists } = this.scenario;
    const direct = await server.signUp();
    const { username } = await direct.api.users.getMe();
    for (const name of ["phone", "tablet"]) this.#apps.set(name, await App.start(username!, this.#resolver(name)));
    for (const step of steps) await this.#take(step, this.#apps.get(step.on)!);
    const apps = [...this.#apps.values()];
    for (const { replica } of [...apps, ...apps]) await replica.sync();

    const stored = [...await all(direct), ...(await direct.api.lists.list()).items];
    for (const { replica } of apps) {
      assert.deepEqual(replica.changes(), []);
      assert.deepEqual(versions([...replica.tasks(), ...replica.lists()]), versions(stored));
    }
    const expected = Object.entries({ ...tasks, ...lists });
    assert.deepEqual(stored.map(({ id }) => id).sort(), expected.map(([ref]) => this.#id(ref)).sort());
    for (const [ref, item] of expected) this.#assertMatches(stored.find(({ id }) => id === this.#id(ref)), item, ref);
    if (conflicts) assert.deepEqual(this.#by, conflicts.map(({ on }) => on));
    for (const [index, { ref, ...three }] of (conflicts ?? []).entries()) {
      const conflict = this.#conflicts[index]!;
      assert.equal(conflict.id, this.#id(ref));
      for (const side of ["base", "mine", "theirs"] as const) this.#assertMatches(conflict[side], three[side], `${ref}.${side}`);
    }
  }

  async #take(step: Step, app: App): Promise<void> {
    const { replica } = app;
    const id = step.ref && this.#id(step.ref);
    const [input, patch] = [this.#filled(step.input) as never, this.#filled(step.patch) as never];
    const rejected = () => replica.changes().find((change) => change.id === id && change.problem)!;
    switch (step.do) {
      case "createTask": return void (await replica.createTask(input, id));
      case "patchTask": return void (await replica.patchTask(id, patch));
      case "deleteTask": return await replica.deleteTask(id);
      case "createList": return void (await replica.createList(input, id));
      case "patchList": return void (await replica.patchList(id, patch));
      case "deleteList": return await replica.deleteList(id);
      case "sync": return await app.sync(step);
      case "kill": return await app.kill();
      case "expect": return this.#assertMatches(step.kind === "list" ? replica.list(id) : replica.task(id), step.item!, step.ref);
      case "pending": return assert.equal(replica.changes().length, step.count, JSON.stringify(replica.changes()));
      case "rejected": return assert.equal(rejected()?.problem!.code, step.code);
      case "retry": return await replica.retry(rejected().sequence, this.#filled(step.body) as never);
      case "discard": return await replica.discard(rejected().sequence);
      default: assert.fail(step.do);
    }
  }

  #resolver(name: string): ((conflict: TaskConflict | ListConflict) => OfflineResolution) | undefined {
    const answers = this.scenario.resolutions?.[name];
    return answers && ((conflict) => {
      this.#by.push(name);
      this.#conflicts.push(conflict);
      return answers[this.#by.filter((by) => by === name).length - 1] ?? assert.fail("a conflict more than expected");
    });
  }

  #id(ref: string): string {
    const [name, date] = ref.split("@") as [string, string | undefined];
    const id = this.#ids.get(name) ?? crypto.randomUUID();
    this.#ids.set(name, id);
    return date ? successorId(id, date) : id;
  }

  #filled<T>(value: T): T {
    return value && JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === "string" && part[0] === "$" ? this.#id(part.slice(1)) : part));
  }

  // Members of an expected item must be there; others may be. A checklist has no other items.
  #assertMatches(actual: unknown, expected: Members | null, ref: string): void {
    if (expected === null) return assert.equal(actual ?? null, null, ref);
    const wanted = this.#filled(expected);
    const picked = (from: unknown, like: unknown, name: string): unknown =>
      typeof like !== "object" || like === null || Array.isArray(like) || typeof from !== "object" || from === null
        ? from
        : Object.fromEntries(Object.keys(name === "checklist" ? from : like)
            .map((key) => [key, picked((from as Members)[key], (like as Members)[key], key)]));
    assert.deepEqual(picked(actual, wanted, ""), wanted, ref);
  }
}

/** A device of a scenario. */
class App {
  readonly #line = new Line();
  readonly #store = new MemoryOfflineStore();
  replica!: OfflineReplica;

  private constructor(private readonly resolve: ((conflict: TaskConflict | ListConflict) => OfflineResolution) | undefined) {}

  static async start(username: string, resolve: ((conflict: TaskConflict | ListConflict) => OfflineResolution) | undefined): Promise<App> {
    const app = new App(resolve);
    app.session = new FitnessifySession(server.url, { fetch: app.#line.fetch, retryDelay: 1 });
    await app.session.signIn(username, PASSWORD);
    await app.#open();
    return app;
  }

  session!: FitnessifySession;

  /** Syncs; without a connection after so many writing requests, and the answer of the last of them is lost, too, or is not. */
  async sync({ lose, cut }: Pick<Step, "lose" | "cut">): Promise<void> {
    const last = lose ?? cut;
    if (last === undefined) return await this.replica.sync();
    let writes = 0;
    const isWrite = (call: string) => !call.startsWith("GET") && !call.endsWith("/refresh");
    this.#line.loses = (call) => isWrite(call) && ++writes === lose;
    this.#line.before = (call) => {
      if (writes >= last) throw new TypeError(`There is no connection for ${call}.`);
      return undefined;
    };
    await assert.rejects(this.replica.sync(), ConnectionError);
    assert.equal(writes, last);
    this.#line.loses = () => false;
    this.#line.before = () => undefined;
  }

  /** As after a crash: the store is what is left. */
  async kill(): Promise<void> {
    await this.#store.close();
    await this.#open();
  }

  async #open(): Promise<void> {
    this.replica = await OfflineReplica.open(this.session, this.#store, this.resolve && { onConflict: this.resolve });
  }
}

async function all(session: FitnessifySession): Promise<TaskDto[]> {
  const { items, nextCursor } = await session.api.tasks.list({ limit: 200 });
  assert.equal(nextCursor, null);
  return items;
}

const versions = (items: (TaskDto | ListDto)[]): string[] => items.map(({ id, version }) => `${id} ${version}`).sort();
