// An app, as test/types.test.ts compiles it: without the DOM library and without the types of Node.js.
import {
  type AbortSignalLike, ConnectionError, type DeviceDto, ErrorCode, FROM_THE_BEGINNING, type FetchLike, FitnessifyError, FitnessifySession,
  MfaRequiredError, type Middleware, type PushMessage, SignedOutError, type TaskDto, type TokenStore, addDays, answerServiceWorker,
  asyncStorageTokens, createNonce, dueMoment, etagOf, ifChanged, move, parsePushMessage, recurrenceRules, registerApns, registerFcm,
  registerWebPush, secureStoreTokens, successorOf, webStorageTokens,
} from "@fitnessify/client";
import {
  IndexedDbOfflineStore, MemoryOfflineStore, OfflineError, type OfflineRecord, type OfflineReplica, type OfflineStore,
} from "@fitnessify/client/offline";

/** A database of the app, which needs no type of the platform. */
class AppStore implements OfflineStore {
  readonly #records = new Map<string, unknown>();
  open = async (): Promise<Iterable<OfflineRecord>> => this.#records.entries();
  write = async (records: readonly OfflineRecord[]): Promise<void> => records.forEach(([key, value]) => this.#records.set(key, value));
  close = async (): Promise<void> => this.#records.clear();
}

export function start(fetch: FetchLike, tokens: TokenStore): FitnessifySession {
  const withLanguage: Middleware = (request, next) => next({ ...request, headers: { ...request.headers, "Accept-Language": "de" } });
  return new FitnessifySession("https://tasks.example", {
    fetch,
    tokens,
    middleware: [withLanguage],
    timeout: undefined,
    onStateChanged: (state) => {
      if (state.type === "signedOut" && state.reason) report(state.reason.code);
    },
  });
}

export async function signIn(session: FitnessifySession, ask: (question: string) => Promise<string>): Promise<string | undefined> {
  try {
    return (await session.signIn("ann", await ask("Password?"), "Phone")).sessionId;
  } catch (error) {
    if (error instanceof MfaRequiredError) {
      const { challengeToken, methods } = error;
      const code = await ask(`A code of ${methods.join(" or ")}?`);
      return (await session.signInWith((api) => api.auth.verifyMfa({ challengeToken, code }))).sessionId;
    }

    if (error instanceof ConnectionError) return undefined;
    throw error;
  }
}

export async function edit(session: FitnessifySession, signal: AbortSignalLike): Promise<TaskDto | undefined> {
  const task = await session.api.tasks.create({ title: "Run", recurrence: { rule: recurrenceRules.timesAWeek(3) }, due: { date: "2030-12-02" } });
  const patched = await session.api.tasks.patch(task.id, { status: "done", description: null }, { ifMatch: etagOf(task), signal });
  for (const { id, position } of move([task, patched], task.id, 0)) await session.api.tasks.patch(id, { position });
  for await (const { title } of session.api.tasks.all({ label: ["home"] })) report(title.toUpperCase());
  for await (const page of session.sync()) for (const { deleted, task } of page.items) report(deleted ? "gone" : task?.title);
  const next: TaskDto | null = successorOf(patched, new Date().toISOString(), "Europe/Berlin");
  report(dueMoment({ date: addDays("2030-12-02", 1), time: "18:00" }, "Europe/Berlin"), next?.title);
  // @ts-expect-error A title is text.
  await session.api.tasks.create({ title: 5 });
  // @ts-expect-error A patch has no such member.
  await session.api.tasks.patch(task.id, { name: "Swim" });
  return await ifChanged(session.api.tasks.get(task.id, { ifNoneMatch: etagOf(task), timeout: 1_000 }));
}

export async function follow(session: FitnessifySession, signal: AbortSignalLike): Promise<void> {
  try {
    for await (const { title, type } of session.notifications({ after: FROM_THE_BEGINNING, signal })) report(title, type);
  } catch (error) {
    if (error instanceof SignedOutError && error.code === ErrorCode.sessionRevoked) return;
    if (error instanceof FitnessifyError) report(...error.errors.map(({ pointer }) => pointer));
  }
}

export async function work(session: FitnessifySession, isBrowser: boolean): Promise<OfflineReplica> {
  const store: OfflineStore = isBrowser ? new IndexedDbOfflineStore("tasks") : new AppStore();
  const replica = await session.offline(store, {
    onConflict: ({ mine, theirs }) => (mine === null || theirs === null ? "theirs" : { title: `${theirs.id}` }),
  });
  const { id } = await replica.createTask({ title: "Buy milk" });
  const task: TaskDto | undefined = replica.task(id);
  report(task?.title, ...replica.changes().map(({ problem }) => problem?.code));
  await replica.sync().catch((error: unknown) => {
    if (!(error instanceof OfflineError)) throw error;
    report(error.reason);
  });
  await session.offline(new MemoryOfflineStore());
  return replica;
}

export async function receivePush(session: FitnessifySession, deviceId: string, data: unknown): Promise<DeviceDto[]> {
  const message: PushMessage | undefined = parsePushMessage(data);
  if (message && session.markDelivered(message.id)) report(message.title ?? message.type);
  const { nonce, digest } = await createNonce();
  report(nonce, digest);
  answerServiceWorker(session, { onClick: ({ taskId }) => report(taskId) });
  return [
    await registerFcm(session, { deviceId, token: "token" }),
    await registerApns(session, { deviceId, token: new Uint8Array(32), preview: true }),
    await registerWebPush(session, { deviceId, serviceWorkerUrl: "/service-worker.js" }),
  ];
}

export const stores = (web: Parameters<typeof webStorageTokens>[0], phone: Parameters<typeof asyncStorageTokens>[0]): TokenStore[] => [
  webStorageTokens(web),
  asyncStorageTokens(phone),
  secureStoreTokens({ getItemAsync: async () => null, setItemAsync: async () => {}, deleteItemAsync: async () => {} }),
];

function report(...lines: (string | null | undefined)[]): void {
  lines.length = 0;
}
