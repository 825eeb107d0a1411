// What the server tells the page.
const setup = JSON.parse(document.getElementById("setup").textContent);
