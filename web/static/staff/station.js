// The page that tells how the station is. What takes a moment to find out comes after the page.

import "./leave.js";

async function tellState() {
  const answer = await fetch("/staff/state").catch(() => undefined);
  if (answer?.redirected) location.replace("/staff/enter"); // nobody is signed in any more
  else if (answer?.ok) document.getElementById("state").innerHTML = await answer.text();
  else document.querySelector("#state h1").textContent = "The station does not answer";
}

tellState();
