import type { CallOptions } from "./calls.js";
import { IdentityNotLinkedError } from "./errors.js";
import type { LoginIdentityCommand, TokensDto } from "./generated.js";
import { base64UrlOf, hexOf } from "./platform.js";
import type { FitnessifySession } from "./session.js";
import { unlessAborted } from "./transport.js";

/** The proof shows again who the user is. It is empty when the session was reauthenticated in the last five minutes. */
export interface ReauthenticationProof {
  /** The password. */
  password?: string | undefined;
  /** With MFA on: six digits from the app. A code works once, so it differs from that of the sign-in. */
  code?: string | undefined;
  /** With MFA on: a recovery code, in place of a code. */
  recoveryCode?: string | undefined;
}

/** Signs in to the account that has the address of an identity, and returns what the link of the identity asks for. */
export type OnIdentityNotLinked = (refusal: IdentityNotLinkedError) => Promise<ReauthenticationProof | undefined | void>;

/** See {@link FitnessifySession.signInWithIdentity}. */
export async function signInWithIdentity(
  session: FitnessifySession, identity: LoginIdentityCommand, onNotLinked?: OnIdentityNotLinked, options?: CallOptions,
): Promise<TokensDto> {
  let refusal: IdentityNotLinkedError;
  try {
    return await session.signInWith((api, guestToken) => api.identities.login({ guestToken, ...identity }, options), options);
  } catch (error) {
    if (!onNotLinked || !(error instanceof IdentityNotLinkedError) || !error.linkToken) throw error;
    refusal = error;
  }

  const former = await session.getTokens();
  const proof = await unlessAborted(onNotLinked(refusal), options?.signal);
  // An earlier session on this device may belong to another account, which the identity must not be linked to.
  const tokens = await session.getTokens();
  if (!tokens || tokens.sessionId === former?.sessionId) {
    const error = new Error("The identity is not linked: the callback has not signed in.");
    throw Object.assign(error, { cause: refusal });
  }

  const { password, code, recoveryCode } = proof ?? {};
  await session.api.identities.link({ linkToken: refusal.linkToken, password, code, recoveryCode }, options);
  // The link may have refreshed the tokens.
  return (await session.getTokens()) ?? tokens;
}

/** The nonce ties an ID token to one sign-in of this app (OpenID Connect Core 1.0, 15.5.2). Each sign-in needs a new one. */
export interface IdentityNonce {
  /** The nonce, 256 random bits in base64url. {@link FitnessifySession.signInWithIdentity} takes it. */
  nonce: string;
  /**
   * The SHA-256 digest of the nonce in lower-case hexadecimal. Providers whose SDK returns the token to the app itself, such as Apple on
   * iOS, are given it in place of the nonce, which then does not leave the app before the sign-in.
   */
  digest: string;
}

/** Creates a nonce. It throws where the platform has no WebCrypto; browsers have it on pages over HTTPS and on localhost only. */
export async function createNonce(): Promise<IdentityNonce> {
  const { crypto } = globalThis;
  if (!crypto?.subtle) {
    throw new TypeError("This platform has no crypto.subtle; browsers have it on pages over HTTPS and on localhost only.");
  }

  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const nonce = base64UrlOf(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(nonce)));
  return { nonce, digest: hexOf(digest) };
}
