"use strict";
// Marks by a single key, and what an armed button waits for; without this there are radio buttons, and one key more.
const confirming = document.getElementById("confirm");

function say(what) {
  if (confirming) confirming.textContent = what;
}

for (const each of document.querySelectorAll("[data-says]")) {
  each.addEventListener("focus", () => say(each.dataset.says));
  each.addEventListener("blur", () => say(""));
}

for (const each of document.querySelectorAll("[data-cycle]")) {
  each.hidden = false;
  each.addEventListener("click", () => {
    const marks = [...document.querySelectorAll(`input[name="${CSS.escape(each.dataset.cycle)}"]`)];
    const next = marks[(marks.findIndex((one) => one.checked) + 1) % marks.length];
    next.checked = true;
    say(`${each.title}: ${next.closest("label").textContent.trim()}`);
  });
}

for (const each of document.querySelectorAll("[data-enter]")) {
  each.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    document.getElementById(each.dataset.enter).click();
  });
}
