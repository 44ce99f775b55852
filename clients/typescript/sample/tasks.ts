// Usage: node tasks.js [address of the server]
// The program registers, signs in, adds a task for each line that you type, and reports reminders and overdue tasks. Ctrl+C ends it.
import { ErrorCode, FitnessifyError, FitnessifySession, SignedOutError } from "@fitnessify/client";
import { createInterface } from "node:readline";

const session = new FitnessifySession(process.argv[2] ?? "http://localhost:5080");
const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
const username = await ask("Username");
const password = await ask("Password");

try {
  await session.api.auth.register({ username, email: `${username}@example.com`, password });
} catch (error) {
  if (!(error instanceof FitnessifyError) || error.code !== ErrorCode.usernameTaken) throw error;
  console.log("You are known here.");
}

await session.signIn(username, password, "Command line");
const closing = new AbortController();
const following = follow(closing.signal);
console.log("Type a task, or a task @ a time: Pay rent @ 2030-01-31T18:00:00Z");
for await (const line of lines) {
  const [title = "", dueAt] = line.split(" @ ");
  const task = await session.api.tasks.create({ title, dueAt });
  console.log(`Added: ${task.title}${task.dueAt ? `, due ${task.dueAt}` : ""}`);
}

closing.abort();
await following;
await session.signOut();

async function ask(question: string): Promise<string> {
  console.log(`${question}?`);
  return String((await lines.next()).value);
}

async function follow(signal: AbortSignal): Promise<void> {
  try {
    for await (const { title, type } of session.notifications({ signal })) {
      console.log(`${type === "taskReminder" ? "Reminder" : "Overdue"}: ${title}`);
    }
  } catch (error) {
    if (error instanceof SignedOutError) console.log("Signed out elsewhere.");
    else if (!signal.aborted) throw error;
  }
}
