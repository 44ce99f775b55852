import { element, explain, finish, hideMessage, link, onSubmit, post, showMessage } from "./account.js";

const typingDelay = 700; // milliseconds
const reasonTexts = {
  too_short: "It is too short.",
  too_long: "It is too long.",
  too_weak: "It is too easy to guess.",
  contains_identity: "It contains your name or your e-mail address.",
  same_as_old: "It is the password that you have now.",
};
const scoreTexts = ["very weak", "weak", "fair", "good", "very good"];

const [email, token] = [link.get("email"), link.get("token")];
const [password, score, advice] = [element("password"), element("score"), element("advice")];
let minimumLength = 0;
let timer;
let lastRequest = 0;

function showAdvice(sentences) {
  advice.replaceChildren(
    ...sentences.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
  advice.hidden = sentences.length === 0;
}

function clearAdvice() {
  clearTimeout(timer);
  lastRequest += 1;
  score.hidden = true;
  hideMessage();
  showAdvice([]);
  password.removeAttribute("aria-invalid");
}

/** Asks the server for the strength of the password; the response is ignored when a later request has started. */
async function rate() {
  const request = ++lastRequest;
  try {
    const answer = await fetch("../api/v1/auth/password-strength", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ password: password.value, email }),
    });
    // The page shows no advice when the request fails, because the server checks the password again when it is sent.
    if (answer.ok && request === lastRequest) {
      showRating(await answer.json());
    }
  } catch {
    return;
  }
}

function showRating(rating) {
  score.value = rating.score;
  score.textContent = scoreTexts[rating.score];
  score.setAttribute("aria-valuetext", scoreTexts[rating.score]);
  score.hidden = false;
  showAdvice([
    rating.acceptable ? `This password is ${scoreTexts[rating.score]}.` : "This password is not accepted yet.",
    ...rating.reasons.map((reason) => reasonTexts[reason] ?? reason),
    ...(rating.acceptable ? [] : rating.suggestions),
  ]);
}

async function reset() {
  clearAdvice();
  if (password.value.length < Math.max(minimumLength, 1)) {
    password.setAttribute("aria-invalid", "true");
    showAdvice([minimumLength > 0 ? `Use ${minimumLength} characters or more.` : "Write a password."]);
    password.focus();
    return;
  }

  const problem = await post("password/reset", { email, token, newPassword: password.value });
  if (problem === null) {
    password.value = "";
    finish("Your new password is set, and all devices are signed out. Sign in with it in the app.");
    element("next").hidden = false;
  } else if (problem.code === "password_rejected") {
    password.setAttribute("aria-invalid", "true");
    showAdvice(problem.reasons.map((reason) => reasonTexts[reason] ?? reason));
    showMessage("This password is not accepted. Choose another.", true);
    password.focus();
  } else if (problem.code === "token_invalid_or_expired") {
    finish(explain(problem), true);
  } else if (problem.code === "validation_failed" && problem.errors.some((error) => error.pointer === "#/newPassword")) {
    showMessage("This password has characters that cannot be used. Choose another.", true);
    password.focus();
  } else if (problem.code === "validation_failed") {
    finish(explain(problem), true);
  } else {
    showMessage(explain(problem), true);
  }
}

async function readPolicy() {
  try {
    const answer = await fetch("../api/v1/auth/password-policy");
    minimumLength = answer.ok ? (await answer.json()).minimumLength : 0;
  } catch {
    minimumLength = 0;
  }

  if (minimumLength > 0) {
    element("rule").prepend(`At least ${minimumLength} characters. `);
  }
}

if (email && token) {
  element("email").value = email;
  element("show").addEventListener("change", (event) => {
    password.type = event.target.checked ? "text" : "password";
  });
  password.addEventListener("input", () => {
    clearAdvice();
    if (password.value.length >= Math.max(minimumLength, 1)) {
      timer = setTimeout(rate, typingDelay);
    }
  });
  onSubmit(reset);
  await readPolicy();
} else {
  finish("This link is not complete. Open it from the mail once more.", true);
}
