// What the pages share. The token comes in the fragment of the address, which browsers send to nobody.

/** The values in the fragment. */
export const link = new URLSearchParams(location.hash.slice(1));

export const element = (id) => document.getElementById(id);

/** Says what happened, where people and screen readers notice it. */
export function tell(text, isError = false) {
  const message = element("message");
  message.textContent = text;
  message.classList.toggle("error", isError);
  message.hidden = false;
  message.focus();
}

/** Takes back what was said: it is no longer so. */
export function hush() {
  element("message").hidden = true;
}

/** Says it, and that nothing is left to do here. */
export function finish(text, isError = false) {
  element("form").hidden = true;
  tell(text, isError);
}

/** Asks the API. Resolves to what it answers as `value`, or to the failure as problem details in `problem`. */
export async function ask(method, path, { body, accessToken } = {}) {
  try {
    const answer = await fetch(`../api/v1/${path}`, {
      method,
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(accessToken && { Authorization: `Bearer ${accessToken}` }),
      },
      body: body && JSON.stringify(body),
    });
    const value = answer.status === 204 || answer.status === 202 ? null : await answer.json();
    return answer.ok ? { value } : { problem: { ...value, retryAfter: answer.headers.get("Retry-After") } };
  } catch {
    return { problem: { code: "unreachable" } };
  }
}

/** Sends JSON to a route of `auth`. Resolves to the failure, or to null. */
export async function post(path, body) {
  return (await ask("POST", `auth/${path}`, { body })).problem ?? null;
}

/** One sentence for a failure that any of the pages can meet. */
export function explain(problem) {
  switch (problem.code) {
    case "token_invalid_or_expired":
    case "validation_failed":
      return "This link has been used, has expired or has been replaced by a newer one. Ask for another in the app.";
    case "rate_limited":
    case "too_many_attempts":
    case "service_unavailable":
      return `Too much is going on at the moment. Try again in ${problem.retryAfter ?? "a few"} seconds.`;
    case "unreachable":
      return "The server cannot be reached. Check your connection and try again.";
    default:
      return "Something went wrong. Try again later.";
  }
}

/** Shows the form, and lets nobody send it twice at once. */
export function onSubmit(send) {
  const [form, button] = [element("form"), element("submit")];
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) {
      return;
    }

    button.disabled = true;
    try {
      await send();
    } finally {
      button.disabled = false;
    }
  });
}
