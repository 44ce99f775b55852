import type { CallOptions } from "./calls.js";
import type {
  BeginPasskeyCommand, PasskeyChallengeDto, PasskeyDto, ReauthenticateCommand, ReauthenticationDto, TokensDto,
} from "./generated.js";
import { type AbortSignalLike, base64UrlOf, bytesOf } from "./platform.js";
import type { FitnessifySession } from "./session.js";
import { reasonOf, unlessAborted } from "./transport.js";

/** A registration asks who the user is: for the password, and with MFA on for a code as well, or for nothing after a reauthentication. */
export interface PasskeyRegistration extends BeginPasskeyCommand, CallOptions {
  /** What the list of passkeys calls it: 1 to 80 characters, for instance the name of the device. */
  name?: string | undefined;
}

/** How to sign in with a passkey. */
export interface PasskeySignIn extends CallOptions {
  /**
   * With `conditional`, no dialog opens. The browser offers the passkeys while the user fills in an input with
   * `autocomplete="username webauthn"`, and the call waits until the user chooses one. Begin it while the page loads, and abort it by its
   * signal when the user signs in otherwise.
   */
  mediation?: "conditional" | undefined;
  /** What the list of sessions calls this device. */
  device?: string | undefined;
}

/** What a reauthentication takes beside the passkey when MFA is on: a code or a recovery code. */
export type PasskeyReauthentication = Pick<ReauthenticateCommand, "code" | "recoveryCode"> & CallOptions;

/** Why there is no passkey. */
export type PasskeyErrorReason = "unsupported" | "cancelled" | "already_registered";

const MESSAGES: Record<PasskeyErrorReason, string> = {
  unsupported: "This browser or its authenticators cannot do this. Passkeys need HTTPS and an authenticator that verifies the user.",
  cancelled: "The user has not chosen a passkey, or not in time, or has none for this site. Browsers do not tell which.",
  already_registered: "The authenticator already has a passkey of this account.",
};

// By the name of the DOMException (Web Authentication Level 3, 5.1.3 and 5.1.4).
const REASONS: Record<string, PasskeyErrorReason | undefined> = {
  AbortError: "cancelled",
  ConstraintError: "unsupported",
  InvalidStateError: "already_registered",
  NotAllowedError: "cancelled",
  NotSupportedError: "unsupported",
};

/** The browser has made or used no passkey; `reason` says why. */
export class PasskeyError extends Error {
  override readonly name = "PasskeyError";

  /** @param cause The `DOMException` of the browser, if there was one. */
  constructor(readonly reason: PasskeyErrorReason, readonly cause?: unknown) {
    super(MESSAGES[reason]);
  }
}

// A challenge is valid for five minutes. A page that waits longer than this, in ms, gets the next one.
const CHALLENGE_LIFETIME = 4 * 60_000;

/**
 * Registers a passkey on this device, or on another one that the browser offers. A guest becomes a member with it, under `username`.
 * Call it after a click. A page asks the user for one passkey at a time: a later call ends an earlier one, here as in the other functions.
 * @throws PasskeyError This browser has no passkeys, the user has cancelled, or the authenticator has one already; see its `reason`.
 * @throws DOMException The browser refuses for another reason: with `SecurityError`, the site does not belong to `Passkeys:Domain`.
 * @throws FitnessifyError With `reauthentication_required`, `reauthentication_failed` or `mfa_code_invalid`, the proof is missing or wrong.
 */
export async function registerPasskey(session: FitnessifySession, options: PasskeyRegistration = {}): Promise<PasskeyDto> {
  const { name, signal, timeout, ...proof } = options;
  const call = { signal, timeout };
  const answer = await ask(() => session.api.passkeys.begin(proof, call), create, signal);
  return await session.api.passkeys.add({ ...answer, name }, call);
}

/**
 * Signs in with a passkey, and stores the tokens. MFA asks for nothing more, because the authenticator has verified the user. A guest is
 * merged as in {@link FitnessifySession.signIn}.
 * @throws PasskeyError As in {@link registerPasskey}; `unsupported` also where the browser does not have the `mediation`.
 * @throws DOMException As in {@link registerPasskey}.
 * @throws FitnessifyError With `passkey_invalid`, the server does not know the passkey, perhaps because the user has removed it.
 */
export async function signInWithPasskey(session: FitnessifySession, options: PasskeySignIn = {}): Promise<TokensDto> {
  const { mediation, device, signal, timeout } = options;
  const call = { signal, timeout };
  const begin = async () => {
    if (mediation && !(await PublicKeyCredential.isConditionalMediationAvailable?.())) throw new PasskeyError("unsupported");
    return await session.api.passkeys.beginLogin(call);
  };
  const open: Open = (json, stop) => get(json, stop, mediation);
  const answer = await ask(begin, open, signal, mediation ? CHALLENGE_LIFETIME : Infinity);
  // The sign-in begins only now, because a session does not report its end while it signs in.
  return await session.signInWith((api, guestToken) => api.passkeys.login({ ...answer, guestToken, device }, call), call);
}

/**
 * Shows again, with a passkey, who the user of this session is. Until `expiresAt`, what asks for the password takes nothing in its place.
 * @throws PasskeyError As in {@link registerPasskey}.
 * @throws DOMException As in {@link registerPasskey}.
 * @throws FitnessifyError With `mfa_code_invalid`, MFA asks for a code; with `reauthentication_failed`, the account has no such passkey.
 */
export async function reauthenticateWithPasskey(
  session: FitnessifySession, options: PasskeyReauthentication = {},
): Promise<ReauthenticationDto> {
  const { signal, timeout, ...code } = options;
  const call = { signal, timeout };
  const answer = await ask(() => session.api.passkeys.beginReauthentication(call), get, signal);
  return await session.api.auth.reauthenticate({ ...answer, ...code }, call);
}

type Open = (json: any, signal: AbortSignal) => Promise<Credential | null>;

const create: Open = (json, signal) => navigator.credentials.create({ publicKey: creationOptionsOf(json), signal });

const get = (json: any, signal: AbortSignal, mediation?: "conditional"): Promise<Credential | null> =>
  navigator.credentials.get({ publicKey: requestOptionsOf(json), signal, ...(mediation && { mediation }) });

let latest: AbortController | undefined;

/** Gets a challenge and lets the browser ask the user. After `limit`, in ms, it does so again with the next challenge. */
async function ask(
  begin: () => Promise<PasskeyChallengeDto>, open: Open, signal: AbortSignalLike | undefined, limit: number = Infinity,
): Promise<{ challengeToken: string; credential: object }> {
  if (!("PublicKeyCredential" in globalThis && navigator.credentials)) throw new PasskeyError("unsupported");
  // Browsers refuse a second request, or end the first one. An earlier call may also be about to make its request.
  latest?.abort();
  const turn = (latest = new AbortController()).signal;
  const expired = new Error("The challenge expires.");
  for (;;) {
    const request = new AbortController();
    try {
      const { challengeToken, options } = await unlessAborted(begin(), turn);
      const opened = unlessAborted(open(options, request.signal), turn);
      const credential = await unlessAborted(opened, signal, limit, () => expired);
      if (!credential) throw new PasskeyError("cancelled");
      return { challengeToken, credential: jsonOf(credential as PublicKeyCredential) };
    } catch (error) {
      if (signal?.aborted) throw reasonOf(signal);
      const reason = REASONS[(error as Error).name];
      if (error !== expired) throw reason ? new PasskeyError(reason, error) : error;
    } finally {
      request.abort();
    }
  }
}

// Older browsers, such as Safari 15, cannot convert from and to JSON themselves.

const creationOptionsOf = (json: any): PublicKeyCredentialCreationOptions =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
    ...json, challenge: bytesOf(json.challenge), user: withBytes(json.user), excludeCredentials: json.excludeCredentials?.map(withBytes),
  };

const requestOptionsOf = (json: any): PublicKeyCredentialRequestOptions =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
    ...json, challenge: bytesOf(json.challenge), allowCredentials: json.allowCredentials?.map(withBytes),
  };

const withBytes = (named: { id: string }) => ({ ...named, id: bytesOf(named.id) });

function jsonOf(credential: PublicKeyCredential): object {
  if (credential.toJSON) return credential.toJSON();
  const { id, type, authenticatorAttachment } = credential;
  const answer = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const response: Record<string, unknown> = { transports: answer.getTransports?.() };
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    if (answer[name]) response[name] = base64UrlOf(new Uint8Array(answer[name]));
  }

  return { id, rawId: id, type, authenticatorAttachment, response, clientExtensionResults: credential.getClientExtensionResults() };
}
