// Measures of the page that is shown. Each function gives what is wrong, or what is where; an empty list is well.
(() => {
  const shown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && getComputedStyle(element).visibility === "visible" && element.checkVisibility();
  };
  const named = (element) => `${element.tagName.toLowerCase()} «${(element.innerText || element.id || element.className || "").trim().slice(0, 40)}»`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const words = () => all("body *").filter((element) => ownText(element) && shown(element) && !element.closest(".hide"));
  // A tick lies unseen inside its label, which is what one taps and what shows the focus.
  const face = (element) => (/^(checkbox|radio)$/.test(element.type) && element.closest("label")) || element;
  const stops = () => all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']").filter((element) => shown(face(element)));
  const number = (color) => {
    const parts = (color.match(/[\d.]+/g) || []).map(Number);
    return parts.length > 3 && parts[3] === 0 ? null : parts.slice(0, 3);
  };
  const light = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => (element && (number(getComputedStyle(element).backgroundColor) || ground(element.parentElement))) || number("rgb(255, 255, 255)");
  const apart = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);

  return {
    openEverything() {
      for (const each of all("details")) each.open = true;
    },

    // What reaches beyond the sides of the window, unless it scrolls in a box of its own.
    sideways() {
      const root = document.documentElement, room = root.clientWidth;
      const outside = all("body *").filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return shown(element) && (right > room + 1 || left < -1) && !element.closest(".scroll, .art, .skip, .hide");
      });
      const scrolls = root.scrollWidth > room ? [`the page is ${root.scrollWidth} wide in ${room}`] : [];
      return [...scrolls, ...outside.map(named)].slice(0, 6);
    },

    // Texts that do not fit their own box, which hides the rest.
    clipped() {
      const cut = (element) => {
        const style = getComputedStyle(element);
        const hides = (axis) => /hidden|clip/.test(style[axis]);
        return (hides("overflowX") && element.scrollWidth > element.clientWidth + 1) || (hides("overflowY") && element.scrollHeight > element.clientHeight + 1);
      };
      const spills = (element) => element.closest("button, .btn, label, th, td") && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline";
      return words().filter((element) => cut(element) || spills(element)).map(named).slice(0, 6);
    },

    // Text spacing as WCAG 1.4.12 lets people set it.
    spaceOut() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },

    // Targets that are too small to tap; a link within a sentence is as high as its line.
    small(least, leastButton) {
      const inSentence = (element) => element.tagName === "A" && getComputedStyle(element).display === "inline" && ownText(element.parentElement);
      return stops().filter((element) => {
        const box = face(element).getBoundingClientRect();
        const wanted = element.matches("button, .btn, select, input, textarea, summary") ? leastButton : least;
        return !inSentence(element) && !element.matches(".skip") && (box.height < wanted - 0.5 || box.width < Math.min(wanted, leastButton) - 0.5);
      }).map((element) => { const box = face(element).getBoundingClientRect(); return `${named(element)} ${Math.round(box.width)}×${Math.round(box.height)}`; });
    },

    countStops: () => stops().length,

    // Where the keyboard is, and whether one can see it there.
    focus() {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const seen = face(element), box = seen.getBoundingClientRect(), style = getComputedStyle(seen);
      const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
      const above = document.elementFromPoint(x, y);
      const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      const inWindow = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const free = Boolean(above) && (seen.contains(above) || above.contains(seen));
      return { name: named(element), place: all("*").indexOf(element), visible: ringed && inWindow && free, ringed, inWindow, free };
    },

    isFocused: (selector) => Boolean(document.activeElement?.matches(selector)),

    storage: async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      cookies: document.cookie,
    }),

    // Texts that run the right way but do not begin at their own edge, and sides that were fixed by hand.
    direction() {
      const wrong = [];
      for (const element of words()) {
        const style = getComputedStyle(element);
        if (/left|right/.test(style.textAlign) || style.float !== "none") wrong.push(`${named(element)} has a fixed side`);
        if (style.direction !== "rtl" || !/^(H1|H2|H3|P|TH|DT|DD)$/.test(element.tagName) || style.textAlign === "center") continue;
        const range = document.createRange();
        range.selectNodeContents(element);
        const edge = element.getBoundingClientRect().right - parseFloat(style.paddingInlineStart) - parseFloat(style.borderInlineStartWidth);
        if (Math.abs(edge - Math.max(...[...range.getClientRects()].map((line) => line.right))) > 2) wrong.push(`${named(element)} does not begin at the right`);
      }
      return wrong.slice(0, 6);
    },

    // Texts that can hardly be told from what is behind them.
    faint: (least) => words().filter((element) => apart(number(getComputedStyle(element).color) || [0, 0, 0], ground(element)) < least).map((element) => `${named(element)} ${getComputedStyle(element).color} on ${ground(element)}`).slice(0, 6),

    outline: (selector) => { const style = getComputedStyle(document.querySelector(selector)); return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth); },

    digits: () => document.body.innerText.match(/[\u0660-\u0669\u06f0-\u06f9]/g) || [],
  };
})()
