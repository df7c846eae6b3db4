// Everything works without this file. It keeps what you write on your device, and spares a tap here and there.

// A form sent twice by an impatient finger is sent once.
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

// A text of one's own stays on this device. Where nobody has begun, what somebody else left behind is forgotten.
for (const form of document.querySelectorAll("[data-new]")) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`${form.dataset.new}/`)) localStorage.removeItem(key);
  } catch { /* the browser keeps nothing */ }
}
for (const field of document.querySelectorAll("[data-keep]")) {
  const own = field.closest("[data-own]");
  own.hidden = false;
  document.querySelector("[data-paper]")?.replaceWith(own); // the field has no name: no form ever sends it
  try {
    field.value = localStorage.getItem(field.dataset.keep) || "";
    field.addEventListener("input", () => localStorage.setItem(field.dataset.keep, field.value));
  } catch { /* the browser keeps nothing: the text lives as long as the page */ }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// An order: one select per place becomes a list that is moved by buttons or by dragging.
for (const list of document.querySelectorAll("[data-order]")) {
  const selects = [...list.querySelectorAll("select")];
  const options = [...selects[0].options].filter((option) => option.value);
  const given = selects.map((select) => select.value);
  if (given.every(Boolean)) options.sort((a, b) => given.indexOf(a.value) - given.indexOf(b.value));
  const said = document.createElement("p");
  said.className = "hide";
  said.setAttribute("role", "status");
  const move = (row, step) => {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) row.after(other); // the neighbour moves round the row, which keeps focus and pointer
    else row.before(other);
    said.textContent = list.dataset.moved.replace("#", [...list.children].indexOf(row) + 1);
  };
  const button = (row, text, sign, step) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "move";
    made.textContent = sign;
    made.setAttribute("aria-label", `${row.firstChild.querySelector("span").textContent}: ${text}`);
    made.addEventListener("click", () => { move(row, step); made.focus(); });
    return made;
  };
  const row = (option) => {
    const made = document.createElement("li"), box = document.createElement("div");
    const words = document.createElement("span"), value = document.createElement("input");
    box.className = "choice";
    words.textContent = option.text;
    value.type = "hidden";
    value.name = "choice";
    value.value = option.value;
    box.append(words, value);
    made.append(box);
    box.append(button(made, list.dataset.up, "↑", -1), button(made, list.dataset.down, "↓", 1));
    box.addEventListener("pointerdown", (event) => {
      if (event.target.closest("button")) return;
      box.setPointerCapture(event.pointerId);
      box.classList.add("held");
    });
    box.addEventListener("pointermove", (event) => {
      if (!box.classList.contains("held")) return;
      const { top, bottom } = box.getBoundingClientRect();
      if (event.clientY < top) move(made, -1);
      else if (event.clientY > bottom) move(made, 1);
    });
    const drop = () => box.classList.remove("held");
    box.addEventListener("pointerup", drop);
    box.addEventListener("pointercancel", drop);
    box.addEventListener("lostpointercapture", drop);
    return made;
  };
  list.replaceChildren(...options.map(row));
  list.after(said);
}
