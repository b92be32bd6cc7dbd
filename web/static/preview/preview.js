// Shows the page anew once the routine's file has been saved, and says if the preview has ended.

const EVERY = 700; // ms between two questions
const PATIENCE = 4; // questions without an answer, until it is said

const shown = Number(document.body.dataset.version);
const lost = document.getElementById("lost");
let unanswered = 0;

async function look() {
  try {
    const answer = await fetch("/preview/version");
    const { version } = await answer.json();
    unanswered = 0;
    if (version !== shown) location.reload();
  } catch {
    unanswered += 1;
  }
  lost.hidden = unanswered < PATIENCE;
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
