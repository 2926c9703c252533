// Lays the picture before over the one with the design, and lets a slider move between them. Without this script the
// two stand side by side.
for (const figure of document.querySelectorAll("[data-compare]")) {
  const slider = figure.querySelector("input[type=range]");
  const show = () => figure.style.setProperty("--shown", `${slider.value}%`);
  slider.addEventListener("input", show);
  show();
  figure.classList.add("is-sliding");
}
