/* How the reader wants to see the pages: size of the text and colours, kept on this device only.
 * Stands before the style sheet, so that no page is first shown in another way. Without it the
 * pages follow the settings of the system. */
(() => {
  "use strict";

  const CHOICES = { text: ["large"], colour: ["light", "dark", "contrast"] };
  const root = document.documentElement;

  const kept = (key) => {
    try {
      return localStorage.getItem("gongshi." + key);
    } catch (error) {
      return null;
    }
  };

  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem("gongshi." + key, value);
      else localStorage.removeItem("gongshi." + key);
    } catch (error) {
      // The choice then holds for this page.
    }
  };

  const show = (key, value) => {
    if (CHOICES[key].includes(value)) root.dataset[key] = value;
    else delete root.dataset[key];
  };

  for (const key of Object.keys(CHOICES)) show(key, kept(key));

  /* A page that was asked something keeps room for the answer, so that nothing jumps. */
  if (location.search) root.dataset.asked = "";

  const choose = (key, value) => {
    keep(key, value);
    show(key, value);
  };

  /* 长者版: the link in the header leads to the page of settings; here it does what it says. */
  const largeLink = (link) => {
    const large = link.textContent;
    const say = () => (link.textContent = root.dataset.text ? "标准版" : large);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose("text", root.dataset.text ? "" : "large");
      say();
    });
    say();
  };

  const settingsForm = (form) => {
    form.hidden = false;
    for (const key of Object.keys(CHOICES)) {
      for (const each of form.elements[key]) each.checked = each.value === (root.dataset[key] || "");
    }
    form.addEventListener("change", (event) => choose(event.target.name, event.target.value));
  };

  /* Where the bureau has not set the address of the site, it is the one the page came from. */
  const ownAddress = (place) => {
    if (place.textContent.includes("://") || !location.protocol.startsWith("http")) return;
    place.textContent = location.origin + location.pathname;
  };

  /* Browsers give the clipboard only to pages that came over HTTPS or from this machine. */
  const copyButton = (place) => {
    const text = place.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "复制";
    button.setAttribute("aria-label", "复制" + place.previousElementSibling.textContent);
    button.addEventListener("click", () =>
      navigator.clipboard.writeText(text).then(
        () => (button.textContent = "已复制"),
        () => button.remove(),
      ),
    );
    place.append(" ", button);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-large]").forEach(largeLink);
    document.querySelectorAll("#view").forEach(settingsForm);
    document.querySelectorAll("[data-address]").forEach(ownAddress);
    if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(copyButton);
  });
})();
