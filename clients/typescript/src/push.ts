import type { CallOptions } from "./calls.js";
import type { DeviceDto } from "./generated.js";
import { hexOf } from "./platform.js";
import type { FitnessifySession } from "./session.js";

/** How a device wants to be notified. */
export interface PushRegistration {
  /** The UUID of this installation of the app. Create it once and store it, so that registering again replaces the device. */
  deviceId: string;
  /** The language tag (BCP 47) of texts that the server writes; by default that of the account. */
  locale?: string | undefined;
  /** Whether messages hold the title of the task, which a locked screen may show; by default false. */
  preview?: boolean | undefined;
}

/** A registration with the token of the platform. */
export interface FcmRegistration extends PushRegistration {
  /** The registration token of Firebase Cloud Messaging. */
  token: string;
}

/** A registration with the token of the platform. */
export interface ApnsRegistration extends PushRegistration {
  /** The device token of APNs: its bytes, or a string of hexadecimal digits or base64. */
  token: string | Uint8Array;
}

/** Registers an Android app for push. Call it at each start of the app and whenever Firebase has renewed the token. */
export function registerFcm(
  session: FitnessifySession, { deviceId, token, locale, preview }: FcmRegistration, options?: CallOptions,
): Promise<DeviceDto> {
  return session.api.devices.put(deviceId, { platform: "fcm", token, locale, preview }, options);
}

/** Registers an iOS app for push. Call it at each start of the app with the token that iOS has just returned. */
export function registerApns(
  session: FitnessifySession, { deviceId, token, locale, preview }: ApnsRegistration, options?: CallOptions,
): Promise<DeviceDto> {
  return session.api.devices.put(deviceId, { platform: "apns", token: apnsTokenOf(token), locale, preview }, options);
}

/** Returns the hexadecimal digits of a device token of APNs, as the server takes it. */
export function apnsTokenOf(token: string | Uint8Array): string {
  // A token is at least 16 random bytes, whose base64 has practically always a character that is no hexadecimal digit.
  if (typeof token === "string" && /^([0-9a-f]{2})+$/i.test(token)) return token;
  const bytes = typeof token === "string" ? Uint8Array.from(atob(token), (char) => char.charCodeAt(0)) : token;
  return hexOf(bytes);
}
