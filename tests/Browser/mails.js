import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const timeout = 60_000;
const pace = 100;

/** Waits for a mail to the address that links to the page, and returns the link. */
export async function linkTo(folder, address, page) {
  for (let waited = 0; waited < timeout; waited += pace) {
    for (const text of await textsTo(folder, address)) {
      const link = new RegExp(`\\S+/account/${page}#\\S+`).exec(text)?.[0];
      if (link) {
        return link;
      }
    }

    await setTimeout(pace);
  }

  throw new Error(`No mail to ${address} links to ${page}.`);
}

async function textsTo(folder, address) {
  const files = await readdir(folder).catch(() => []);
  const mails = await Promise.all(
    files.filter((file) => file.endsWith(".eml")).map((file) => readFile(join(folder, file), "utf8")),
  );
  return mails
    .map((mail) => mail.replaceAll("\r\n", "\n"))
    .filter((mail) => mail.includes(`\nTo: ${address}\n`))
    .map((mail) => /text\/plain.*?base64\n\n([A-Za-z0-9+/=\n]+)/s.exec(mail)[1])
    .map((text) => Buffer.from(text, "base64").toString("utf8"));
}
