(() => {
  const table = document.getElementById("all");
  if (!table) return;
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const text = (row, column) => row.cells[column].textContent;

  const compare = (column, numeric) => (a, b) => {
    if (!numeric) return text(a, column).localeCompare(text(b, column), undefined, { numeric: true });
    return Number(text(a, column)) - Number(text(b, column));
  };

  const sort = (column) => {
    const head = heads[column];
    const numeric = head.classList.contains("number");
    const rising = head.ariaSort !== "ascending" && (!numeric || head.ariaSort === "descending");
    const given = (row) => !numeric || !Number.isNaN(Number(text(row, column)));
    const known = rows.filter(given).sort(compare(column, numeric));
    if (!rising) known.reverse();
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    body.append(...known, ...rows.filter((row) => !given(row)));
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });
  heads.at(-1).setAttribute("aria-sort", "descending");
})();
