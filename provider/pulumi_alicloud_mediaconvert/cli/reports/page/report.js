"use strict";
// Filters jobs by words, counts what is shown, opens the job that the address names.
// Without it all jobs are there, and only the style is needed to hide verdicts.
(() => {
  const tools = document.getElementById("tools");
  if (!tools) return;
  const jobs = [...document.querySelectorAll("main > .job")];
  const toggles = [...document.querySelectorAll(".totals input")];
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  let texts = null; // made for the first word only: a page may have megabytes

  const visible = () => {
    const off = new Set(toggles.filter((one) => !one.checked).map((one) => one.id));
    return jobs.filter((job) => !job.hidden && !off.has("show-" + job.classList[1]));
  };
  const count = () => {
    const number = visible().length;
    shown.textContent = number.toLocaleString("en") + " of " + jobs.length.toLocaleString("en") + " shown";
  };
  const apply = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && !texts) texts = jobs.map((job) => job.textContent.toLowerCase());
    jobs.forEach((job, at) => {
      job.hidden = !words.every((word) => texts[at].includes(word));
    });
    count();
  };
  const openNamed = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      return;
    }
    const job = document.getElementById(name);
    if (!job || !jobs.includes(job)) return;
    job.hidden = false;
    job.open = true;
    job.scrollIntoView();
  };
  const setOpen = (open) => visible().forEach((job) => (job.open = open));

  filter.addEventListener("input", apply);
  toggles.forEach((one) => one.addEventListener("change", count));
  document.getElementById("open").addEventListener("click", () => setOpen(true));
  document.getElementById("close").addEventListener("click", () => setOpen(false));
  addEventListener("hashchange", openNamed);
  tools.hidden = false;
  count();
  openNamed();
})();
