import type { ApiRequest } from "./calls.js";
import type { Deliveries } from "./deliveries.js";
import { ConnectionError, FitnessifyError } from "./errors.js";
import type { FitnessifyApi, NotificationDto } from "./generated.js";
import { FROM_THE_BEGINNING, type SessionOptions } from "./options.js";
import type { AbortSignalLike } from "./platform.js";
import { readEvents, type StreamLike } from "./stream.js";
import { now, reasonOf, type Sending, sleep, type Transport } from "./transport.js";

/** Sends a call with the tokens of the session. */
type Sender = <T>(request: ApiRequest, sending: Sending<T>) => Promise<T>;

/** See {@link FitnessifySession.notifications}. */
export async function* followNotifications(
  api: FitnessifyApi, send: Sender, transport: Transport, deliveries: Deliveries,
  { pollInterval = 30_000, retryDelayResetAfter = 60_000, connectTimeout = 10_000 }: SessionOptions,
  { after, signal }: { after?: string | undefined; signal?: AbortSignalLike | undefined },
): AsyncGenerator<NotificationDto, void, undefined> {
  const isToBeShown = (id: string) => {
    deliveries.add(id, true);
    return deliveries.isStreamed(id); // Push may have delivered it before.
  };
  for (let failures = 1; ; failures++) {
    let delay = transport.delayAfter(failures);
    let connectedAt = Infinity;
    try {
      // The position is fixed first, so that nothing is missed between two connections. The response also shows whether there are streams.
      if (after === undefined || transport.hasStreams === undefined) {
        const { items } = await api.notifications.list({ limit: 1, signal });
        after ??= items[0]?.id ?? FROM_THE_BEGINNING;
      }

      // A fetch without streams returns the response when the stream has ended, so that it is not asked for one.
      const body = transport.hasStreams ? await connect(send, after, now() + connectTimeout, signal) : undefined;
      if (body) {
        connectedAt = now();
        deliveries.openStreams++;
        try {
          for await (const { id, data } of readEvents<NotificationDto>(body, signal)) {
            after = id;
            if (isToBeShown(data.id)) yield data;
          }
        } finally {
          deliveries.openStreams--;
        }
      } else {
        const { notifications, last } = await listAfter(api, after, signal);
        for (const notification of notifications) {
          after = notification.id;
          if (isToBeShown(after)) yield notification;
        }

        after = last;
        failures = 0;
        delay = pollInterval;
      }
    } catch (error) {
      if (signal?.aborted) throw reasonOf(signal);
      if (isFinal(error)) throw error;
      if (error instanceof FitnessifyError) delay = error.retryAfter ?? delay;
    }

    if (now() - connectedAt >= retryDelayResetAfter) {
      failures = 0;
      delay = transport.delayAfter(1);
    }

    await sleep(delay, signal);
  }
}

function connect(
  send: Sender, after: string, deadline: number, signal: AbortSignalLike | undefined,
): Promise<StreamLike | null | undefined> {
  const headers = { Accept: "text/event-stream", "Last-Event-ID": after };
  return send({ method: "GET", path: "/api/v1/notifications/stream", headers, signal }, {
    deadline,
    read: async (answer) => {
      const type = answer.headers.get("Content-Type");
      if (!type?.startsWith("text/event-stream")) throw new ConnectionError(`The stream is ${type}.`);
      return answer.body as StreamLike | null | undefined;
    },
  });
}

/** Returns the notifications after a position, the oldest first, and the position of the last one. */
async function listAfter(
  api: FitnessifyApi, after: string, signal: AbortSignalLike | undefined,
): Promise<{ notifications: NotificationDto[]; last: string }> {
  const found: NotificationDto[] = [];
  let isKnown = false;
  for await (const notification of api.notifications.all({ signal })) {
    // The position of the stream has the number of the database before the id.
    isKnown = after.endsWith(notification.id);
    if (isKnown) break;
    found.push(notification);
  }

  // As on the stream, a position that is not there any more stands for all unread notifications.
  const notifications = found.filter(({ readAt }) => isKnown || readAt === null).reverse();
  return { notifications, last: found[0]?.id ?? after };
}

// Only refusals of the API itself are final; errors of proxies and requests to retry later are temporary.
const isFinal = (error: unknown): boolean =>
  error instanceof FitnessifyError
    ? error.status < 500 && error.status !== 429 && !error.code.startsWith("http_")
    : !(error instanceof ConnectionError);
