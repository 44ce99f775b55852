// All pages use these functions. The token is in the fragment of the URL, which browsers do not send to any server.

/** The parameters in the fragment of the link. */
export const link = new URLSearchParams(location.hash.slice(1));

export const element = (id) => document.getElementById(id);

/** Shows a message and moves the focus to it, so that screen readers announce it. */
export function showMessage(text, isError = false) {
  const message = element("message");
  message.textContent = text;
  message.classList.toggle("error", isError);
  message.hidden = false;
  message.focus();
}

/** Hides the message when it no longer applies. */
export function hideMessage() {
  element("message").hidden = true;
}

/** Shows the final message and hides the form. */
export function finish(text, isError = false) {
  element("form").hidden = true;
  showMessage(text, isError);
}

/** Calls the API. Resolves to the body of a success in `value`, or to the problem details of a failure in `problem`. */
export async function callApi(method, path, { body, accessToken } = {}) {
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

/** Sends JSON to a route below `auth`. Resolves to the problem details of a failure, or to null. */
export async function post(path, body) {
  return (await callApi("POST", `auth/${path}`, { body })).problem ?? null;
}

/** Returns one sentence for a failure that can happen on every page. */
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

/** Shows the form and ignores a second submission while the first one is running. */
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
