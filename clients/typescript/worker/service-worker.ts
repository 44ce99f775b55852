// The service worker of an app that receives Web Push from Fitnessify. It is a classic script without imports, so that an app can serve
// it as it is or load it into a worker of its own: set `self.fitnessify`, then call `importScripts`.

/** A message of the server. A later version may send further types and members. */
interface Message {
  id: string;
  type: string;
  taskId?: string;
  title?: string;
}

/** The app may set these options as `self.fitnessify`. */
interface WorkerOptions {
  /** The page that a click opens if no window of the app is open; by default the scope of the worker. */
  url?: string;
  /** The language of the texts below, in place of that of the browser. */
  language?: string;
  /** Texts in place of the ones below, by the type of the message; `other` stands for all types without a text. */
  texts?: Record<string, string>;
  /** The address of the picture in the notification. */
  icon?: string;
  /** The address of the monochrome picture that Android shows in its status bar. */
  badge?: string;
}

(() => {
  const worker = self as unknown as ServiceWorkerGlobalScope & { fitnessify?: WorkerOptions };

  // A page that is busy must not delay the notification for longer; the unit is milliseconds.
  const MAX_WAIT_FOR_PAGES = 300;

  // Safari withdraws the permission of a site whose pushes show nothing, even while a page of it is visible.
  const SAFARI_HOST = ".push.apple.com";

  // The tag of what is shown for messages that cannot be read.
  const UNREADABLE = "fitnessify";

  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

  const TEXTS: Record<string, Record<string, string>> = {
    en: {
      taskOverdue: "A task is overdue",
      taskReminder: "A task is due soon",
      test: "Push messages arrive on this device",
      other: "There is something new",
    },
    de: {
      taskOverdue: "Eine Aufgabe ist überfällig",
      taskReminder: "Eine Aufgabe ist bald fällig",
      test: "Push-Nachrichten kommen auf diesem Gerät an",
      other: "Es gibt etwas Neues",
    },
  };

  worker.addEventListener("push", (event) => event.waitUntil(receive(event.data)));

  worker.addEventListener("notificationclick", (event) => {
    const { tag, data } = event.notification;
    // The app may show notifications of its own.
    if (tag !== (data?.id ?? UNREADABLE)) return;
    event.notification.close();
    event.waitUntil(openApp(data));
  });

  // The new subscription cannot be registered here, because the tokens of the session are with the pages. Without an open page, the
  // app registers it at its next start.
  worker.addEventListener("pushsubscriptionchange", (event) => {
    (event as ExtendableEvent).waitUntil(postToPages({ fitnessify: "subscriptionChange" }));
  });

  async function receive(data: PushMessageData | null): Promise<void> {
    const message = read(data);
    if (message?.type === "dismiss") return await dismiss(message.id);
    if (message && (await isShownByPage(message))) return;
    await show(message);
    if (message) await postToPages({ fitnessify: "shown", message });
  }

  function read(data: PushMessageData | null): Message | undefined {
    try {
      const { id, type, taskId, title } = data?.json() ?? {};
      if (!isUuid(id) || !isText(type)) return undefined;
      return { id, type, ...(isUuid(taskId) && { taskId }), ...(isText(title) && { title }) };
    } catch {
      return undefined;
    }
  }

  // Nothing is shown for a dismissal. Browsers tolerate that a few times; the server sends none to Safari, which does not.
  async function dismiss(tag: string): Promise<void> {
    for (const notification of await worker.registration.getNotifications({ tag })) notification.close();
  }

  // Browsers accept that nothing is shown only while a page is visible, so hidden pages are not asked.
  async function isShownByPage(message: Message): Promise<boolean> {
    const pages = (await pagesOfApp()).filter((page) => page.visibilityState === "visible");
    if (pages.length === 0 || (await isSafari())) return false;
    const channels = pages.map((page) => {
      const { port1, port2 } = new MessageChannel();
      page.postMessage({ fitnessify: "push", message }, [port2]);
      return port1;
    });
    const answers = channels.map((port) => new Promise<boolean>((resolve) => (port.onmessage = ({ data }) => resolve(data === true))));
    const isShown = await firstTrue(answers, MAX_WAIT_FOR_PAGES);
    for (const port of channels) port.close();
    return isShown;
  }

  function firstTrue(answers: Promise<boolean>[], limit: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), limit);
      for (const answer of answers) void answer.then((isTrue) => isTrue && resolve(true));
      void Promise.all(answers).then(() => (clearTimeout(timer), resolve(false)));
    });
  }

  async function isSafari(): Promise<boolean> {
    const subscription = await worker.registration.pushManager.getSubscription();
    return subscription !== null && new URL(subscription.endpoint).hostname.endsWith(SAFARI_HOST);
  }

  // Something is shown for every other message, also if it is of a later version or cannot be read: the subscription promises that
  // (userVisibleOnly), and browsers otherwise show a text of their own or end the subscription.
  async function show(message: Message | undefined): Promise<void> {
    const { icon, badge } = worker.fitnessify ?? {};
    const text = textOf(message?.type ?? "other");
    const { title, ...data } = message ?? {};
    await worker.registration.showNotification(title ?? text, {
      ...(title !== undefined && { body: text }),
      ...(icon !== undefined && { icon }),
      ...(badge !== undefined && { badge }),
      // The same tag replaces what was shown before, without another sound.
      tag: message?.id ?? UNREADABLE,
      data: message && data,
    });
  }

  function textOf(type: string): string {
    const { language = worker.navigator.language, texts = {} } = worker.fitnessify ?? {};
    const builtIn = TEXTS[language.split("-")[0]!.toLowerCase()] ?? TEXTS.en!;
    return texts[type] ?? builtIn[type] ?? texts.other ?? builtIn.other!;
  }

  async function openApp(message: unknown): Promise<void> {
    const [latest] = await pagesOfApp();
    // A browser may refuse the focus; the page gets the message all the same.
    const page = latest
      ? await latest.focus().catch(() => latest)
      : await worker.clients.openWindow(new URL(worker.fitnessify?.url ?? "", worker.registration.scope));
    if (message) page?.postMessage({ fitnessify: "click", message });
  }

  async function postToPages(message: object): Promise<void> {
    for (const page of await pagesOfApp()) page.postMessage(message);
  }

  // The page that had the focus last is the first one. A page is not yet controlled by the worker that it has just registered.
  async function pagesOfApp(): Promise<readonly WindowClient[]> {
    const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
    return pages.filter((page) => page.url.startsWith(worker.registration.scope));
  }

  function isText(value: unknown): value is string {
    return typeof value === "string" && value !== "";
  }

  function isUuid(value: unknown): value is string {
    return isText(value) && UUID.test(value);
  }
})();
