// What the page does in the browser beyond Gradio: open and close the reader view, put away a
// note with Escape, and give date fields the browser's own calendar. It loads nothing.
(() => {
  "use strict";
  const by = (selector) => document.querySelector(selector);
  let opened = 0;
  let opener = null;

  // The box is Gradio's, which takes a value on `input` and tells the server on `keypress`.
  function tell(where, place) {
    const box = by(`${where} textarea, ${where} input`);
    if (!box) return;
    opened += 1;
    box.value = `${place}~${opened}`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new KeyboardEvent("keypress", { bubbles: true, key: "~" }));
  }

  function open(place) {
    tell("#dl-open", place);
  }

  function close() {
    open("");
  }

  function isOpen() {
    return by("#dl-reader .dl-reader") !== null;
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    if (!link) return;
    const place = link.getAttribute("href").slice(1);
    if (place === "close") {
      event.preventDefault();
      close();
    } else if (place.startsWith("read-")) {
      event.preventDefault();
      if (!link.closest("#dl-reader")) opener = link;
      quiet();
      open(place);
    } else if (place.startsWith("talk-")) {
      event.preventDefault();
      tell("#dl-open-talk", place);
    } else if (place.startsWith("edit-")) {
      event.preventDefault();
      tell("#dl-edit", place);
      by("#dl-question textarea")?.focus();
    }
  });

  // A note goes away on Escape, and when its article is opened, until it is pointed at anew.
  function quiet() {
    const shown = by(".dl-ref:hover:not(.dl-quiet), .dl-ref:not(.dl-quiet):has(:focus-visible)");
    if (!shown) return false;
    shown.classList.add("dl-quiet");
    const loud = () => shown.classList.remove("dl-quiet");
    shown.addEventListener("mouseleave", loud, { once: true });
    shown.addEventListener("focusout", loud, { once: true });
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    // One key closes the article, whatever note lies under the pointer.
    quiet();
    if (isOpen()) close();
  });

  // Focus goes to the words that were asked for, and back to where it came from.
  let wasOpen = false;
  let seen = null;
  function settle() {
    const reader = by("#dl-reader .dl-reader");
    if (reader && reader !== seen) {
      seen = reader;
      wasOpen = true;
      reader.setAttribute("aria-labelledby", "dl-reader-title");
      const here = by("#dl-here");
      (here || by("#dl-reader-title"))?.focus({ preventScroll: true });
      if (here) here.scrollIntoView({ block: "center" });
    } else if (!reader && wasOpen) {
      wasOpen = false;
      seen = null;
      const href = opener?.getAttribute("href");
      const back = opener?.isConnected ? opener : by(`a[href="${CSS.escape(href || "#")}"]`);
      back?.focus({ preventScroll: true });
    }
    // Those who hear the page are told whether a fold of Gradio's is open.
    for (const fold of document.querySelectorAll("button.label-wrap")) {
      fold.setAttribute("aria-expanded", String(fold.classList.contains("open")));
    }
    // Gradio calls the example questions a list, whose items would have to be more than buttons.
    for (const list of document.querySelectorAll(".examples[role=list]")) {
      list.setAttribute("role", "group");
      list.setAttribute("aria-label", "Example questions");
    }
    // Its icon is all that Gradio gives the button a name by.
    by("#dl-question .submit-button")?.setAttribute("aria-label", "Ask");
    for (const day of document.querySelectorAll(".dl-day-field input:not([type=date])")) {
      day.type = "date";
    }
  }

  new MutationObserver(settle).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["class"],
  });
})();
