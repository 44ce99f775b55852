import { element, explain, finish, hush, link, onSubmit, post, tell } from "./account.js";

const pause = 700;
const words = {
  too_short: "It is too short.",
  too_long: "It is too long.",
  too_weak: "It is too easy to guess.",
  contains_identity: "It contains your name or your e-mail address.",
  same_as_old: "It is the password that you have now.",
};
const scores = ["very weak", "weak", "fair", "good", "very good"];

const [email, token] = [link.get("email"), link.get("token")];
const [password, score, advice] = [element("password"), element("score"), element("advice")];
let minimumLength = 0;
let timer;
let asked = 0;

function advise(sentences) {
  advice.replaceChildren(
    ...sentences.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
  advice.hidden = sentences.length === 0;
}

function forget() {
  clearTimeout(timer);
  asked += 1;
  score.hidden = true;
  hush();
  advise([]);
  password.removeAttribute("aria-invalid");
}

/** Asks the server how good the password is; a later question makes the answer worthless. */
async function rate() {
  const own = ++asked;
  try {
    const answer = await fetch("../api/v1/auth/password-strength", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ password: password.value, email }),
    });
    // Without an answer there is no advice; whether the password is accepted shows when it is sent.
    if (answer.ok && own === asked) {
      show(await answer.json());
    }
  } catch {
    return;
  }
}

function show(rating) {
  score.value = rating.score;
  score.textContent = scores[rating.score];
  score.setAttribute("aria-valuetext", scores[rating.score]);
  score.hidden = false;
  advise([
    rating.acceptable ? `This password is ${scores[rating.score]}.` : "This password is not accepted yet.",
    ...rating.reasons.map((reason) => words[reason] ?? reason),
    ...(rating.acceptable ? [] : rating.suggestions),
  ]);
}

async function reset() {
  forget();
  if (password.value.length < Math.max(minimumLength, 1)) {
    password.setAttribute("aria-invalid", "true");
    advise([minimumLength > 0 ? `Use ${minimumLength} characters or more.` : "Write a password."]);
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
    advise(problem.reasons.map((reason) => words[reason] ?? reason));
    tell("This password is not accepted. Choose another.", true);
    password.focus();
  } else if (problem.code === "token_invalid_or_expired") {
    finish(explain(problem), true);
  } else if (problem.code === "validation_failed" && problem.errors.some((error) => error.pointer === "#/newPassword")) {
    tell("This password has characters that cannot be used. Choose another.", true);
    password.focus();
  } else if (problem.code === "validation_failed") {
    finish(explain(problem), true);
  } else {
    tell(explain(problem), true);
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
    forget();
    if (password.value.length >= Math.max(minimumLength, 1)) {
      timer = setTimeout(rate, pause);
    }
  });
  onSubmit(reset);
  await readPolicy();
} else {
  finish("This link is not complete. Open it from the mail once more.", true);
}
