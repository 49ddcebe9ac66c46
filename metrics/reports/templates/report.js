
"use strict";
(() => {
  const form = document.getElementById("controls");
  const list = document.getElementById("passages");
  if (!form || !list) return;
  const told = document.getElementById("told");
  const passages = [...list.querySelectorAll("article")];
  const texts = new Map(passages.map((each) => [each, each.textContent.toLowerCase()]));
  const field = (name) => form.elements.namedItem(name).value;

  const figure = (each, name) => Number(each.dataset[name]);

  const keeps = (each, words, kind, finding, least) =>
    texts.get(each).includes(words)
    && (!kind || each.dataset.kind === kind)
    && (!finding || each.dataset.findings.split(" ").includes(finding))
    && figure(each, "risk") >= least;

  const filter = () => {
    const words = field("words").trim().toLowerCase();
    const least = Number(field("least")) || 0;
    let shown = 0;
    for (const each of passages) {
      each.hidden = !keeps(each, words, field("kind"), field("finding"), least);
      shown += each.hidden ? 0 : 1;
    }
    told.textContent = `${shown} of ${passages.length} shown`;
  };

  const sort = () => {
    const [name, direction] = field("sort").split(" ");
    const sign = direction === "down" ? -1 : 1;
    const before = [...passages];
    passages.sort((a, b) => sign * (figure(a, name) - figure(b, name)) || figure(a, "rank") - figure(b, "rank"));
    // What is moved loses the focus.
    if (passages.some((each, at) => each !== before[at])) list.append(...passages);
  };

  const step = (from, by) => {
    const seen = passages.filter((each) => !each.hidden);
    const next = seen[seen.indexOf(from) + by];
    if (next) next.focus();
  };

  form.hidden = false;
  form.addEventListener("input", (event) => (event.target.name === "sort" ? sort() : filter()));
  form.addEventListener("reset", () => setTimeout(() => { sort(); filter(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  // j and k work where a passage has the focus, so they take no letter from anything else.
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.localName !== "article") return;
    if (event.key === "j") step(event.target, 1);
    if (event.key === "k") step(event.target, -1);
  });
  // A link to a passage that a filter hides shows it again, before the browser looks for it.
  const show = (hash) => {
    const goal = document.getElementById(hash.slice(1));
    if (!goal || !goal.hidden) return null;
    form.reset();
    sort();
    filter();
    return goal;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) show(link.getAttribute("href"));
  });
  window.addEventListener("hashchange", () => show(location.hash)?.focus());
  filter();
})();
