const heard = document.getElementById("heard");
for (const name of ["mark:place", "mark:move", "mark:choose"]) {
  document.addEventListener(name, (event) => {
    const { zone, id, x, y, candidates } = event.detail;
    heard.textContent = JSON.stringify({ name, zone, id, x, y, candidates });
  });
}
