// Lays the picture before over the left of the one with the design, as far as a slider says. Without this script the two
// stand side by side.
for (const figure of document.querySelectorAll("[data-compare]")) {
  const slider = figure.querySelector("input[type=range]");
  const show = () => figure.style.setProperty("--shown", `${slider.value}%`);
  slider.addEventListener("input", show);
  show();
  figure.classList.add("is-sliding");
}
