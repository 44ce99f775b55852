import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const configuration = process.env.CONFIGURATION ?? "Debug";
const program = fileURLToPath(
  new URL(`../../../../tools/PushService/bin/${configuration}/net10.0/Fitnessify.PushService.dll`, import.meta.url),
);

export interface Subscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** The program that stands for the push service of a browser, which decrypts what it receives. */
export class PushService {
  private constructor(
    private readonly process: ChildProcess,
    private readonly url: string,
    /** The settings that make a server send to it. */
    readonly settings: Record<string, string>,
  ) {}

  static async start(): Promise<PushService> {
    const service = spawn("dotnet", [program, "--urls", "http://127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const log = await new Promise<string>((resolve, reject) => {
      let text = "";
      service.stdout.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        if (/listens on http:\S+\.\n/.test(text)) resolve(text);
      });
      service.once("exit", (code) => reject(new Error(`The push service ended with ${code}:\n${text}`)));
    });
    const settings = Object.fromEntries([...log.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name!, value!]));
    return new PushService(service, /listens on (http:\S+)\.\n/.exec(log)![1]!, settings);
  }

  stop(): void {
    this.process.kill();
  }

  /** Subscribes another browser, to which only the server with this key may send. */
  async subscribe(applicationServerKey: string): Promise<Subscription> {
    const answer = await fetch(`${this.url}/subscriptions?${new URLSearchParams({ applicationServerKey })}`, { method: "POST" });
    return (await answer.json()) as Subscription;
  }

  /** Returns the message with this number, beginning with 1, when it has arrived. */
  async receive({ endpoint }: Subscription, number: number): Promise<unknown> {
    const answer = await fetch(`${this.url}/subscriptions/${endpoint.split("/").at(-1)}?received=${number}`);
    const { received } = (await answer.json()) as { received: { message: unknown }[] };
    return received[number - 1]!.message;
  }
}
