import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";

const script = await readFile(new URL("../../dist/service-worker.js", import.meta.url), "utf8");

export interface ShownNotification {
  title: string;
  tag: string;
  data?: { id: string; type: string; taskId?: string };
  [option: string]: unknown;
}

/** A window of the site. */
export class Page {
  readonly messages: any[] = [];
  isFocused = false;
  isFocusRefused = false;
  /** What the page does with the port of a question. */
  answers: (port: MessagePort) => void = (port) => port.postMessage(false);

  constructor(readonly url: string, readonly visibilityState: DocumentVisibilityState = "visible") {}

  postMessage(message: unknown, [port]: MessagePort[] = []): void {
    // What is posted is cloned. This also gives it the prototypes of this context, which comparisons need.
    this.messages.push(structuredClone(message));
    if (port) this.answers(port);
  }

  async focus(): Promise<this> {
    if (this.isFocusRefused) throw new TypeError("The focus is refused.");
    this.isFocused = true;
    return this;
  }
}

/** The script of the package in a service worker that the browser of the test runs. Its timers end only when the test says so. */
export class Worker {
  readonly shown = new Map<string, ShownNotification>();
  /** Everything that was shown, also what was replaced or closed since. */
  readonly log: ShownNotification[] = [];
  pages: Page[] = [];
  endpoint = "https://fcm.googleapis.com/fcm/send/1";
  endWait: (() => void) | undefined;
  onWait = () => {};
  readonly #listeners = new Map<string, (event: unknown) => void>();

  constructor(options?: object, language = "en-US") {
    const notificationOf = (tag: string) => ({ ...this.shown.get(tag)!, close: () => void this.shown.delete(tag) });
    const scope = {
      fitnessify: options,
      navigator: { language },
      MessageChannel,
      URL,
      setTimeout: (end: () => void) => ((this.endWait = end), this.onWait()),
      clearTimeout: () => (this.endWait = undefined),
      addEventListener: (type: string, listener: (event: unknown) => void) => this.#listeners.set(type, listener),
      registration: {
        scope: "https://app.example/app/",
        pushManager: { getSubscription: async () => ({ endpoint: this.endpoint }) },
        getNotifications: async ({ tag }: { tag: string }) => (this.shown.has(tag) ? [notificationOf(tag)] : []),
        showNotification: async (title: string, options: ShownNotification) => {
          const notification = structuredClone({ ...options, title });
          this.shown.set(options.tag, notification);
          this.log.push(notification);
        },
      },
      clients: {
        matchAll: async () => this.pages,
        openWindow: async (url: URL | string) => {
          this.pages.push(new Page(String(url)));
          return this.pages.at(-1);
        },
      },
    };
    runInNewContext(script, Object.assign(scope, { self: scope }));
  }

  /** Delivers a push message and resolves when the worker has finished with it. */
  push(data: unknown): Promise<void> {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    return this.#dispatch("push", { data: text === undefined ? null : { json: () => JSON.parse(text) } });
  }

  /** Clicks what is shown with the tag. */
  click(tag: string): Promise<void> {
    return this.#dispatch("notificationclick", { notification: { ...this.shown.get(tag)!, close: () => this.shown.delete(tag) } });
  }

  changeSubscription(): Promise<void> {
    return this.#dispatch("pushsubscriptionchange", {});
  }

  async #dispatch(type: string, event: object): Promise<void> {
    let work: Promise<void> | undefined;
    this.#listeners.get(type)!({ ...event, waitUntil: (promise: Promise<void>) => (work = promise) });
    await work;
  }
}
