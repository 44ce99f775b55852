import { type IncomingMessage, type ServerResponse, createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";

/** The same numbers each time. */
export function random(seed: number): () => number {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32;
  };
}

const FAULTS = ["drop", "lose", "stall", "cut", "page", "gateway", "busy", "expired"] as const;

/** What lies between a phone and the server: it loses, stalls, cuts, and answers by itself. */
export class FaultyProxy {
  isFaulty = true;
  readonly faults = new Map<string, number>();
  readonly #server = createServer((request, response) => this.#pass(request, response));

  private constructor(private readonly target: string, private readonly next: () => number) {}

  static async start(target: string, next: () => number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target, next);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const isStream = request.url!.endsWith("/stream");
    const fault = this.isFaulty && this.next() < 0.4 ? FAULTS[Math.floor(this.next() * FAULTS.length)] : undefined;
    if (fault) this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
    switch (fault) {
      case "drop":
        return void request.socket.destroy();
      case "stall":
        return;
      case "page":
        return void response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Welcome to the hotel</h1>");
      case "gateway":
        return void response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>");
      case "busy":
        return void response.writeHead(429, { "Content-Type": "application/json", "Retry-After": "0" }).end("{}");
      case "expired":
        if (!request.headers.authorization) break;
        return void response
          .writeHead(401, { "Content-Type": "application/problem+json" })
          .end('{"status":401,"code":"token_expired","detail":"Over."}');
    }

    const headers = { ...request.headers, host: new URL(this.target).host };
    const onward = ask(`${this.target}${request.url}`, { method: request.method!, headers }, (answer) => {
      if (fault === "lose") return void (answer.resume(), request.socket.destroy());
      response.writeHead(answer.statusCode!, answer.headers);
      if (fault !== "cut") return void answer.pipe(response);
      // Amid the body, or the stream some time after it has begun.
      answer.once("data", (part: Buffer) => {
        response.write(isStream ? part : part.subarray(0, part.length / 2));
        setTimeout(() => request.socket.destroy(), isStream ? 300 : 0);
      });
    });
    onward.on("error", () => request.socket.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  }
}
