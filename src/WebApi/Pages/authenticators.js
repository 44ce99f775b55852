import { callApi, element, explain, hideMessage, onSubmit, showMessage } from "./account.js";

const [login, password, code, nextCode] = ["login", "password", "code", "next-code"].map(element);
const providers = { apple: "Apple", google: "Google" };
let challengeToken;
let accessToken;

/** Six digits are a code of the authenticator app; everything else is a recovery code. */
function secondFactor(text) {
  const typed = text.trim();
  return typed === "" ? {} : /^[0-9]{6}$/.test(typed) ? { code: typed } : { recoveryCode: typed };
}

async function signIn() {
  hideMessage();
  const { value, problem } = challengeToken
    ? await callApi("POST", "auth/login/mfa", { body: { challengeToken, ...secondFactor(code.value) } })
    : await callApi("POST", "auth/login", {
        body: { login: login.value, password: password.value, device: "This page" },
      });
  if (problem?.code === "mfa_required") {
    challengeToken = problem.challengeToken;
    element("factor").hidden = false;
    code.focus();
  } else if (problem) {
    showProblem(problem);
  } else {
    accessToken = value.accessToken;
    element("form").hidden = true;
    await showAuthenticators();
  }
}

function showProblem(problem) {
  const wrong = {
    invalid_credentials: "The login or the password is wrong.",
    validation_failed: "Something is missing here, or is not written as it has to be.",
    mfa_code_invalid: "The code is wrong or was used before. Use the next one.",
    account_disabled: "This account is disabled.",
    email_not_confirmed: "The e-mail address of this account is not confirmed yet.",
    session_revoked: "You are signed out. Load this page again.",
  };
  showMessage(wrong[problem.code] ?? explain(problem), true);
}

async function showAuthenticators() {
  const [passkeys, identities, mfa] = await Promise.all(
    ["users/me/passkeys", "users/me/identities", "users/me/mfa"].map((path) => callApi("GET", path, { accessToken })),
  );
  const problem = passkeys.problem ?? identities.problem ?? mfa.problem;
  if (problem) {
    showProblem(problem);
    return;
  }

  const { enabled } = mfa.value;
  const nameOf = ({ provider, email }) => `${providers[provider] ?? provider}${email ? ` (${email})` : ""}`;
  const addedOn = ({ createdAt }) => `added on ${new Date(createdAt).toLocaleDateString()}`;
  const items = passkeys.value.items.map((passkey) =>
    createItem(
      `Passkey ${passkey.name ?? "without a name"}, ${addedOn(passkey)}`,
      `users/me/passkeys/${encodeURIComponent(passkey.id)}/deletion`,
    ),
  );
  items.push(
    ...identities.value.items.map((identity) =>
      createItem(
        `Sign-in with ${nameOf(identity)}, ${addedOn(identity)}`,
        `users/me/identities/${identity.id}/deletion`,
      ),
    ),
  );
  if (enabled) {
    items.push(createItem("Authenticator app and recovery codes", "users/me/mfa/disable"));
  }

  element("authenticators").replaceChildren(...items);
  element("empty").hidden = items.length > 0;
  element("again").hidden = !enabled;
  element("list").hidden = false;
}

function createItem(text, path) {
  const [item, button] = [document.createElement("li"), document.createElement("button")];
  item.textContent = text;
  button.type = "button";
  button.className = "other";
  button.textContent = "Remove";
  button.addEventListener("click", () => remove(button, path));
  item.append(button);
  return item;
}

async function remove(button, path) {
  hideMessage();
  button.disabled = true;
  const body = { password: password.value, ...secondFactor(nextCode.value) };
  const { problem } = await callApi("POST", path, { body, accessToken });
  button.disabled = false;
  nextCode.value = "";
  if (problem) {
    showProblem(problem);
  } else {
    showMessage("It is removed.");
    await showAuthenticators();
  }
}

// The session of this page is revoked when the page is closed.
addEventListener("pagehide", () => {
  if (accessToken) {
    void fetch("../api/v1/auth/logout", {
      method: "POST",
      headers: { Authorization: `Bearer ${accessToken}` },
      keepalive: true,
    });
  }
});

onSubmit(signIn);
