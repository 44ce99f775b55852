import type { CallOptions } from "./calls.js";
import { FitnessifyError, WebPushError } from "./errors.js";
import type { DeviceDto } from "./generated.js";
import { bytesOf } from "./platform.js";
import { parsePushMessage, type PushMessage } from "./push-message.js";
import type { PushRegistration } from "./push.js";
import type { FitnessifySession } from "./session.js";

/** A `ServiceWorkerRegistration` of the browser, by the part that an app without the types of the DOM can name. */
export interface ServiceWorkerRegistrationLike {
  readonly pushManager: object;
}

/** A registration of a page with its service worker: either the address of the script, or the registration of the app's own worker. */
export type WebPushRegistration = PushRegistration & (
  | { serviceWorkerUrl: string | { readonly href: string }; registration?: undefined }
  | { serviceWorkerUrl?: undefined; registration: ServiceWorkerRegistrationLike }
);

/** What the app does with the messages of its service worker. */
export interface ServiceWorkerHandlers {
  /** The user has clicked the notification, and this page has the focus. */
  onClick?: (message: PushMessage) => void;
  /** The browser has replaced the subscription, so that the app must call {@link registerWebPush} again. */
  onSubscriptionChange?: () => void;
}

const answering = new WeakSet<FitnessifySession>();

/**
 * Registers this browser for Web Push. The first call asks the user for the permission, which browsers do only after a click. Then call
 * it at each start of the app while `Notification.permission` is `granted`, because the subscription, the key of the server or the
 * session may have changed: again does no harm.
 * @throws WebPushError This browser or the server has no Web Push, or the user has not allowed it; see its `reason`.
 * @throws DOMException The push service of the browser cannot be reached; try again at the next start.
 */
export async function registerWebPush(
  session: FitnessifySession, options: WebPushRegistration, call?: CallOptions,
): Promise<DeviceDto> {
  const { deviceId, locale, preview } = options;
  requireSupport();
  // The permission comes first, because browsers accept the question only shortly after the click.
  const permission = await Notification.requestPermission();
  if (permission !== "granted") throw new WebPushError(permission === "denied" ? "permission_denied" : "permission_dismissed");
  const { webPushPublicKey } = await session.api.devices.getConfig(call);
  if (webPushPublicKey === null) throw new WebPushError("not_configured");
  const registration =
    (options.registration as ServiceWorkerRegistration | undefined) ??
    (await navigator.serviceWorker.register(String(options.serviceWorkerUrl)));
  await activationOf(registration);
  const { endpoint, keys } = (await subscribe(registration.pushManager, new Uint8Array(bytesOf(webPushPublicKey)))).toJSON();
  if (!answering.has(session)) answerServiceWorker(session);
  const { p256dh, auth } = keys ?? {};
  return await session.api.devices.put(deviceId, { platform: "webPush", endpoint, p256dh, auth, locale, preview }, call);
}

/**
 * Ends Web Push in this browser. It is not needed before {@link FitnessifySession.signOut}, with which the device goes.
 * @param options.registration The registration of the worker; by default the one in whose scope the page is.
 */
export async function unregisterWebPush(
  session: FitnessifySession,
  { deviceId, registration }: { deviceId: string; registration?: ServiceWorkerRegistrationLike | undefined },
  call?: CallOptions,
): Promise<void> {
  requireSupport();
  try {
    const worker = (registration as ServiceWorkerRegistration | undefined) ?? (await navigator.serviceWorker.getRegistration());
    await (await worker?.pushManager.getSubscription())?.unsubscribe();
  } finally {
    await session.api.devices.remove(deviceId, call).catch((error) => {
      // The server has already removed a device whose subscription has ended.
      if (!(error instanceof FitnessifyError && error.code === "not_found")) throw error;
    });
  }
}

/**
 * Connects a page with the service worker: while the page is visible and follows `session.notifications`, the worker shows nothing
 * that the stream delivers, and the stream does not deliver what the worker has shown. {@link registerWebPush} does this as well;
 * call it yourself while the page loads in order to learn of clicks, because a window that a click opens gets the message then.
 * @returns A function that ends it.
 */
export function answerServiceWorker(session: FitnessifySession, handlers: ServiceWorkerHandlers = {}): () => void {
  const { serviceWorker } = navigator;
  const onMessage = ({ data, ports }: MessageEvent) => {
    const message = parsePushMessage(data?.message);
    if (data?.fitnessify === "subscriptionChange") handlers.onSubscriptionChange?.();
    if (!message) return;
    // The worker waits for the first page that delivers the notification; other answers change nothing.
    if (data.fitnessify === "push") ports[0]?.postMessage(session.isStreamed(message.id));
    if (data.fitnessify === "shown") session.markDelivered(message.id);
    if (data.fitnessify === "click") handlers.onClick?.(message);
  };
  serviceWorker.addEventListener("message", onMessage);
  serviceWorker.startMessages();
  answering.add(session);
  return () => {
    serviceWorker.removeEventListener("message", onMessage);
    answering.delete(session);
  };
}

function requireSupport(): void {
  const isSupported = "serviceWorker" in (globalThis.navigator ?? {}) && "PushManager" in globalThis && "Notification" in globalThis;
  if (!isSupported) throw new WebPushError("unsupported");
}

// Browsers refuse to subscribe before a worker is active. `navigator.serviceWorker.ready` waits for one in whose scope the page is,
// and that may be another one.
function activationOf({ active, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  const worker = waiting ?? installing;
  if (active || !worker) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onStateChange = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new TypeError("The installation of the service worker has failed."));
    };
    worker.addEventListener("statechange", onStateChange);
    onStateChange();
  });
}

async function subscribe(pushManager: PushManager, key: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
  const known = await pushManager.getSubscription();
  if (known && `${new Uint8Array(known.options.applicationServerKey ?? [])}` === `${key}`) return known;
  // Browsers refuse a second subscription with another key (Push API, 3.1).
  await known?.unsubscribe();
  return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}
