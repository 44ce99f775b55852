/** What a push message is about. A newer server may send further values, which are passed on unchanged. */
export type PushMessageType = (typeof PushMessageType)[keyof typeof PushMessageType] | (string & {});
export const PushMessageType = {
  /** A task is overdue. */
  taskOverdue: "taskOverdue",
  /** A task is due soon. */
  taskReminder: "taskReminder",
  /** The notification with this id was read, completed or snoozed on another device, so this device takes it back. */
  dismiss: "dismiss",
  /** The user wants to see that messages arrive. */
  test: "test",
} as const;

/** A message of the server to a device. */
export interface PushMessage {
  /** The id of the notification. What is shown for it replaces what was shown for the same id before. */
  id: string;
  /** What the message is about. */
  type: PushMessageType;
  /** The id of the task; absent in a test. */
  taskId?: string;
  /** The title of the task; absent unless the device was registered with `preview`, and in messages of APNs, whose alert has it. */
  title?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads a push message. Members that are unknown are ignored, and so are a task and a title that cannot be read.
 * @param data The payload as JSON, the `data` of FCM, or the `userInfo` of APNs.
 * @returns The message, or undefined if the data is none: an app may receive push messages of others as well.
 */
export function parsePushMessage(data: unknown): PushMessage | undefined {
  const { id, type, taskId, title } = membersOf(data);
  if (!isUuid(id) || !isText(type)) return undefined;
  return { id, type, ...(isUuid(taskId) && { taskId }), ...(isText(title) && { title }) };
}

function membersOf(data: unknown): Record<string, unknown> {
  try {
    return Object(typeof data === "string" ? JSON.parse(data) : data);
  } catch {
    return {};
  }
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const isUuid = (value: unknown): value is string => isText(value) && UUID.test(value);
