import { type ClientRequest, request } from "node:http";

/** The part of `XMLHttpRequest` that whatwg-fetch uses, in place of the one of React Native, which calls the network of the phone. */
export class XmlHttpRequest {
  readyState = 0;
  status = 0;
  statusText = "";
  responseURL = "";
  responseText = "";
  onload = () => {};
  onerror = () => {};
  onabort = () => {};
  onreadystatechange = () => {};
  #request!: ClientRequest;
  #headers: string[] = [];

  open(method: string, url: string): void {
    this.responseURL = url;
    this.#request = request(url, { method });
  }

  setRequestHeader(name: string, value: string): void {
    this.#request.setHeader(name, value);
  }

  getAllResponseHeaders(): string {
    return this.#headers.join("\r\n");
  }

  send(body: string | null): void {
    this.#request.on("error", () => this.#end(this.onerror));
    this.#request.on("response", async (response) => {
      this.status = response.statusCode!;
      this.statusText = response.statusMessage!;
      this.#headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`);
      try {
        for await (const part of response.setEncoding("utf8")) this.responseText += part;
        this.#end(this.onload);
      } catch {
        this.#end(this.onerror);
      }
    });
    this.#request.end(body ?? undefined);
  }

  abort(): void {
    this.#end(this.onabort);
    this.#request.destroy();
  }

  #end(report: () => void): void {
    if (this.readyState === 4) return;
    this.readyState = 4;
    this.onreadystatechange();
    report();
  }
}
