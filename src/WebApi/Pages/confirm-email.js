import { element, explain, finish, link, onSubmit, post, showMessage } from "./account.js";

const [userId, token] = [link.get("userId"), link.get("token")];

// A person has to press the button, because mail scanners open links and would use the token.
async function confirm() {
  const problem = await post("email/confirm", { userId, token });
  if (problem === null) {
    finish("Thank you, your address is confirmed. You can close this page and go back to the app.");
  } else if (problem.code === "email_taken") {
    finish("This address belongs to another account by now.", true);
  } else if (problem.status === 422 || problem.status === 400) {
    finish(explain(problem), true);
  } else {
    showMessage(explain(problem), true);
  }
}

async function reject() {
  const problem = await post("email/reject", { userId, token });
  if (problem === null) {
    finish("Thank you. Nobody uses your address here: an account that was made with it is deleted.");
  } else if (problem.status === 422 || problem.status === 400) {
    finish(explain(problem), true);
  } else {
    showMessage(explain(problem), true);
  }
}

if (userId && token) {
  onSubmit(confirm);
  element("reject").addEventListener("click", reject);
} else {
  finish("This link is not complete. Open it from the mail once more.", true);
}
