import { ConnectionError, FitnessifyError, FitnessifySession, type TaskDto, addDays } from "@fitnessify/client";
import {
  type ListConflict, MemoryOfflineStore, type OfflineRecord, OfflineReplica, type OfflineResolution, type OfflineStore, type TaskConflict,
} from "@fitnessify/client/offline";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FaultyProxy, random } from "./proxy.js";
import { PASSWORD, Server } from "./server.js";

const STEPS = 400;
const RESTARTS = 2;
const LISTS = 3;
const START = "2030-01-01";

/** What the user has done to a task with several apps, whatever has become of it by now. */
class Wanted {
  /** The titles that no app has replaced by another one: several if the apps did not know of each other. */
  readonly titles: Set<string>;
  readonly items = new Set<string>();
  readonly writers = new Set<App>();
  /** The apps that were asked what becomes of a conflict. */
  readonly asked = new Set<App>();
  isDeleted = false;
  isReplacedTwice = false;
  readonly #replaced = new Set<string>();

  constructor(readonly title: string, readonly isSeries: boolean) {
    this.titles = new Set([title]);
  }

  /** @param shown The title that the app showed before. @param stored The title of the server that it is about to replace, if that is known. */
  rename(app: App, shown: string, title: string, stored: string | undefined): void {
    this.writers.add(app);
    this.titles.delete(shown);
    this.titles.add(title);
    if (stored === undefined) return;
    this.isReplacedTwice ||= this.#replaced.has(stored);
    this.#replaced.add(stored);
  }
}

class KilledError extends Error {}

/** The store of an app that is killed before one of the next writes. */
class MortalStore implements OfflineStore {
  writesLeft = Infinity;
  constructor(private readonly store: MemoryOfflineStore) {}
  open = () => this.store.open();
  close = () => this.store.close();
  write = async (records: readonly OfflineRecord[]) => {
    if (this.writesLeft-- <= 0) throw new KilledError();
    await this.store.write(records);
  };
}

/** An app on a device of its own, behind a connection of its own. */
class App {
  readonly #disk = new MemoryOfflineStore();
  #store!: MortalStore;
  #replica!: OfflineReplica;
  syncing: Promise<void> | undefined;
  kills = 0;

  constructor(
    readonly name: string, private readonly session: FitnessifySession,
    private readonly resolve: (app: App, conflict: TaskConflict | ListConflict) => OfflineResolution,
  ) {}

  get replica(): OfflineReplica {
    return this.#replica;
  }

  async open(): Promise<void> {
    this.#store = new MortalStore(this.#disk);
    this.#replica = await OfflineReplica.open(this.session, this.#store, { onConflict: (conflict) => this.resolve(this, conflict) });
  }

  /** Syncs in the background, as apps do. */
  startSync(): void {
    this.syncing ??= this.#replica
      .sync()
      .catch(async (error: unknown) => {
        if (error instanceof KilledError) return;
        assert(error instanceof ConnectionError || error instanceof FitnessifyError, `not typed: ${String(error)}`);
      })
      .finally(() => (this.syncing = undefined));
  }

  /** Syncs; a long batch may take several attempts within the short time limit. */
  async sync(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#replica.sync();
      } catch (error) {
        if (!(error instanceof ConnectionError) || attempt === 5) throw error;
      }
    }
  }

  /** Kills the app before it can write for the n-th time, at the latest when its sync has ended. */
  async kill(writes: number): Promise<void> {
    this.#store.writesLeft = writes;
    await this.syncing;
    this.#store.writesLeft = 0;
    await this.#disk.close();
    this.kills++;
    await this.open();
  }
}

/** Asserts that each change knows what the user saw, because without that it would overwrite what others have written meanwhile. */
function assertBased(replica: OfflineReplica, wanted: ReadonlyMap<string, Wanted>): void {
  const seen = new Set<string>();
  for (const { id, op, base, sequence } of replica.changes()) {
    const isFirst = !seen.has(id);
    seen.add(id);
    if (isFirst && op === "patch" && wanted.has(id)) assert(base ?? !replica.task(id), `Change ${sequence} has no base.`);
  }
}

test(`two apps end equal after ${STEPS} edits, faults, kills and restarts`, { timeout: 240_000 }, async (context) => {
  const seed = Number(process.env.FITNESSIFY_OFFLINE_SEED ?? Math.floor(Math.random() * 2 ** 31));
  context.diagnostic(`FITNESSIFY_OFFLINE_SEED=${seed}`);
  const next = random(seed);
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(next() * of.length)];
  const server = await Server.start();
  context.after(() => server.stop());
  const direct = await server.signUp();
  const { username } = await direct.api.users.getMe();

  const wanted = new Map<string, Wanted>();
  let resolutions = 0;
  const proxies: FaultyProxy[] = [];
  const apps: App[] = [];
  context.after(() => proxies.forEach((proxy) => proxy.stop()));
  for (const name of ["phone", "tablet"]) {
    const proxy = await FaultyProxy.start(server.url, next);
    let kept = await new FitnessifySession(server.url).signIn(username!, PASSWORD);
    const tokens = { get: async () => kept, set: async (renewed: typeof kept) => void (kept = renewed), clear: async () => assert.fail("Signed out.") };
    const session = new FitnessifySession(proxy.url, { retryDelay: 2, timeout: 1_000, connectTimeout: 400, tokens });
    const app = new App(name, session, (app, { id, kind, theirs }) => {
      resolutions++;
      wanted.get(id)?.asked.add(app);
      const answer = next();
      return answer < 0.4 ? "mine" : answer < 0.8 || kind === "list" ? "theirs" : { title: `Agreed, not ${theirs?.id}`.slice(0, 30) };
    });
    await app.open();
    proxies.push(proxy);
    apps.push(app);
  }

  let writes = 0;
  let completions = 0;
  for (let step = 0; step < STEPS; step++) {
    const app = pick(apps)!;
    const { replica } = app;
    const kind = next();
    const tasks = replica.tasks().filter(({ id }) => wanted.has(id));
    const task = pick(tasks);
    const of = task && wanted.get(task.id)!;
    writes++;
    if (kind < 0.03 && replica.lists().length < LISTS) await replica.createList({ name: `List ${step}` });
    else if (kind < 0.05 && replica.lists()[0]) await replica.patchList(replica.lists()[0]!.id, { name: `Renamed ${step}` });
    else if (kind < 0.2 || !task) {
      const { id, title } = await replica.createTask({ title: `Task ${step}`, listId: pick(replica.lists())?.id ?? null, labels: ["new"] });
      wanted.set(id, new Wanted(title, false));
    } else if (kind < 0.24) {
      const recurrence = { rule: "FREQ=DAILY" };
      const { id, title } = await replica.createTask({ title: `Series ${step}`, due: { date: START }, recurrence });
      wanted.set(id, new Wanted(title, true));
    } else if (kind < 0.34) {
      const open = pick(replica.tasks().filter(({ recurrence, status }) => recurrence && status === "todo"));
      if (open) completions += Number(Boolean(await replica.patchTask(open.id, { status: "done" })));
    } else if (kind < 0.5) {
      await replica.patchTask(task.id, { title: `Changed ${step}` });
      // The sync may have sent it already.
      const change = replica.changes().filter(({ id }) => id === task.id).pop();
      of!.rename(app, task.title, `Changed ${step}`, (change?.base as TaskDto | null | undefined)?.title);
    } else if (kind < 0.6) {
      of!.items.add(`step-${step}`);
      of!.writers.add(app);
      await replica.patchTask(task.id, { checklist: { [`step-${step}`]: { title: `Step ${step}` } } });
    } else if (kind < 0.65 && !of!.isSeries) {
      of!.isDeleted = true;
      of!.writers.add(app);
      await replica.deleteTask(task.id);
    } else writes--;
    if (next() < 0.4) app.startSync();
    if (next() < 0.3) await app.syncing;
    if (next() < 0.05) await app.kill(Math.floor(next() * 4));
    if (!app.syncing) assertBased(app.replica, wanted);
    if (step % Math.floor(STEPS / (RESTARTS + 1)) === Math.floor(STEPS / (RESTARTS + 1)) - 1) {
      apps.forEach((each) => each.startSync());
      await new Promise((resolve) => setTimeout(resolve, next() * 50));
      await server.kill();
      await server.start();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  proxies.forEach((proxy) => (proxy.isFaulty = false));
  for (const app of apps) await app.syncing;
  for (const app of [...apps, ...apps]) await app.sync();
  const stored: TaskDto[] = [];
  for await (const task of direct.tasks()) stored.push(task);

  const lists = (await direct.api.lists.list()).items;
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  for (const { replica } of apps) {
    assert.deepEqual(replica.changes(), []);
    assert.deepEqual(replica.tasks().sort(byId), [...stored].sort(byId));
    assert.deepEqual(replica.lists().sort(byId), [...lists].sort(byId));
  }
  for (const [id, { title, titles, items, writers, asked, isDeleted, isReplacedTwice, isSeries }] of wanted) {
    for (const app of asked) assert([...writers].some((writer) => writer !== app), `An app was asked about ${title}, but no other has changed it.`);
    const task = stored.find((one) => one.id === id);
    if (asked.size === 0) assert.equal(task === undefined, isDeleted, `${title} ${isDeleted ? "is there" : "is lost"}`);
    if (!task) continue;
    if (!isDeleted) assert.deepEqual(Object.keys(task.checklist).sort(), [...items].sort(), title);
    if (asked.size === 0) {
      assert(!isReplacedTwice, `A new title of ${title} was replaced without a question.`);
      assert(titles.has(task.title), `${title} is called ${task.title}.`);
    }
    if (isSeries) {
      const series = stored.filter(({ seriesId }) => seriesId === id).sort((a, b) => (a.occurrence! < b.occurrence! ? -1 : 1));
      assert.deepEqual(series.map(({ occurrence }) => occurrence), series.map((_, index) => addDays(START, index)));
      assert.deepEqual(series.map(({ status }) => status), series.map((_, index) => (index < series.length - 1 ? "done" : "todo")));
    }
  }

  // Each change has a number of its own, so that what was written twice shows in the number of the next one.
  const { version } = await direct.createTask({ title: "The last one" });
  assert(version - 1 <= writes + completions + 2 * resolutions, `${version - 1} changes, but ${writes} writes and ${completions} successors.`);
  const kills = apps.map((app) => app.kills);
  const faults = proxies.flatMap((proxy) => [...proxy.faults.values()]).reduce((sum, count) => sum + count, 0);
  context.diagnostic(`${writes} writes, ${completions} completions, ${version - 1} changes, ${resolutions} conflicts, ${kills} kills, ${faults} faults`);
  assert(Math.min(...kills) > 0 && faults > 10);
});
