"use strict";
// Everything works without this: it adds keys, says what is going on, and moves the focus to what arrived.
const fields = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const switched = document.getElementById("keys-on");

function remembered() {
  try { return localStorage.getItem("keys") !== "off"; } catch { return true; }
}

function remember(on) {
  try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* then only until the page is left */ }
}

function find() {
  const field = document.querySelector("[data-main]");
  if (field) { field.focus(); field.select(); }
  return Boolean(field);
}

function move(by) {
  const items = [...document.querySelectorAll("[data-item]")].filter((each) => each.offsetParent);
  if (!items.length) return false;
  const now = items.findIndex((each) => each.contains(document.activeElement));
  const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(Math.max(now + by, 0), items.length - 1);
  items[next].focus();
  items[next].scrollIntoView({ block: "nearest" });
  return true;
}

function enter() {
  const item = document.activeElement;
  if (!item || !item.matches("[data-item]")) return false;
  const link = item.querySelector("a");
  if (link) link.click();
  return Boolean(link);
}

const keys = { "/": find, j: () => move(1), k: () => move(-1), Enter: enter };

function press(key) {
  // A page may bring keys of its own: a button or link with data-key="a" is pressed by that key. In a list it is that
  // of the item with the focus. With data-arm it gets the focus first, so that a slip of a finger decides nothing.
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const item = document.activeElement.closest("[data-item]");
  const own = (item && item.querySelector(wanted)) || [...document.querySelectorAll(wanted)].find((each) => !each.closest(".queue"));
  if (own) {
    if (own.matches("[data-arm]") && document.activeElement !== own) own.focus(); else own.click();
    return true;
  }
  return keys[key] ? keys[key]() : false;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest(fields)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if ((switched && !switched.checked) || (event.key === "Enter" && !event.target.matches("[data-item]"))) return;
  if (press(event.key)) event.preventDefault();
});

if (switched) {
  switched.checked = remembered();
  switched.addEventListener("change", () => remember(switched.checked));
}

function thinking(form, on) {
  const status = form.querySelector(".thinking");
  if (status) status.textContent = on ? form.dataset.thinking : "";
  if (status) form.setAttribute("aria-busy", String(on));
}

document.addEventListener("submit", (event) => thinking(event.target, true));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.matches("form")) thinking(event.target, false);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const arrived = event.target.querySelector("[data-arrive]");
  if (!arrived) return;
  arrived.focus();
  window.scrollTo(0, 0);
});
// A page that the browser kept as it was left must not go on saying that it is busy.
window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((each) => thinking(each, false)));
