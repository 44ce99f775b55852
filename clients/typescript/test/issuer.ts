import { type IdentityNonce, createNonce } from "@fitnessify/client";
import { type KeyObject, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** False on React Native, where an app takes another library for what the client does with WebCrypto. */
export const HAS_WEB_CRYPTO = !process.env.FITNESSIFY_ENVIRONMENT?.startsWith("react-native");

/** Returns a nonce for a sign-in: that of the client, or where it has none, one that the app makes. */
export async function newNonce(): Promise<IdentityNonce> {
  if (HAS_WEB_CRYPTO) return await createNonce();
  const nonce = randomBytes(32).toString("base64url");
  return { nonce, digest: createHash("sha256").update(nonce).digest("hex") };
}

const CLIENT_ID = "fitnessify.example";

/** An OpenID Connect issuer without users and pages: it publishes its key and signs what it is given. */
export class Issuer {
  #url = "";
  readonly #server: Server = createServer((request, response) => {
    const key = { ...createPublicKey(this.key).export({ format: "jwk" }), kid: "1", use: "sig", alg: "RS256" };
    const discovery = { issuer: this.url, jwks_uri: `${this.url}/keys`, id_token_signing_alg_values_supported: ["RS256"] };
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(request.url === "/keys" ? { keys: [key] } : discovery));
  });

  private constructor(readonly provider: string, private readonly key: KeyObject) {}

  /** Starts an issuer that stands for the provider of that name. */
  static async start(provider = "example"): Promise<Issuer> {
    const issuer = new Issuer(provider, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
    await new Promise<void>((resolve) => issuer.#server.listen(0, "127.0.0.1", resolve).unref());
    issuer.#url = `http://127.0.0.1:${(issuer.#server.address() as AddressInfo).port}`;
    return issuer;
  }

  /** The issuer of another process, as {@link identity} describes it. */
  static at({ url, provider, key }: { url: string; provider: string; key: string }): Issuer {
    const issuer = new Issuer(provider, createPrivateKey(key));
    issuer.#url = url;
    return issuer;
  }

  get url(): string {
    return this.#url;
  }

  /** What another process needs in order to sign as this issuer. */
  get identity(): { url: string; provider: string; key: string } {
    return { url: this.#url, provider: this.provider, key: this.key.export({ type: "pkcs8", format: "pem" }).toString() };
  }

  /** The settings that make a server trust it. */
  get settings(): Record<string, string> {
    const section = `Identity__Providers__${this.provider}`;
    return { [`${section}__Issuer`]: this.url, [`${section}__ClientIds__0`]: CLIENT_ID };
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** An ID token as after a sign-in that has just happened. */
  token(claims: { sub: string; nonce: string; email?: string; name?: string }): string {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: this.url, aud: CLIENT_ID, iat: now, exp: now + 3600, email_verified: true, ...claims };
    const parts = [{ alg: "RS256", kid: "1" }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    return [...parts, sign("sha256", Buffer.from(parts.join(".")), this.key).toString("base64url")].join(".");
  }
}
