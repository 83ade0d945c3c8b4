"use strict";
(() => {
  const form = document.getElementById("filters");
  const output = form.querySelector("output");
  const rows = [...document.querySelectorAll("[data-section]")];
  const groups = [...document.querySelectorAll(".group")];
  const apply = () => {
    const wanted = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const row of rows) {
      const fits = Object.entries(wanted).every(([name, value]) => !value || row.dataset[name] === value);
      row.hidden = !fits;
      if (fits && row.id) shown += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-section]:not([hidden])");
    output.textContent = `显示 ${shown} 项指标`;
  };
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
