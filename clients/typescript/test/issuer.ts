import { generateKeyPairSync, sign } from "node:crypto";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

const CLIENT_ID = "fitnessify.example";

/** An OpenID Connect issuer without users and pages: it publishes its key and signs what it is given. */
export class Issuer {
  readonly #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #server: Server = createServer((request, response) => {
    const key = { ...this.#keys.publicKey.export({ format: "jwk" }), kid: "1", use: "sig", alg: "RS256" };
    const discovery = { issuer: this.url, jwks_uri: `${this.url}/keys`, id_token_signing_alg_values_supported: ["RS256"] };
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(request.url === "/keys" ? { keys: [key] } : discovery));
  });

  private constructor(readonly provider: string) {}

  /** Starts an issuer that stands for the provider of that name. */
  static async start(provider = "example"): Promise<Issuer> {
    const issuer = new Issuer(provider);
    await new Promise<void>((resolve) => issuer.#server.listen(0, "127.0.0.1", resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
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
    return [...parts, sign("sha256", Buffer.from(parts.join(".")), this.#keys.privateKey).toString("base64url")].join(".");
  }
}
