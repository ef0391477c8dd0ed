// Makes elements without HTML strings, so that what readers type can only ever become text.

export function node(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const ALLOWED = new Set(["A", "BLOCKQUOTE", "BR", "CODE", "EM", "LI", "OL", "P", "PRE", "S", "STRONG", "UL"]);

// The server has already sanitised this HTML. Still, it is parsed where nothing runs; known elements are copied, others become
// text.
export function fromHtml(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const safe = document.createDocumentFragment();
  safe.append(...copies(parsed.body));
  return safe;
}

function copies(parent) {
  return [...parent.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) return [document.createTextNode(child.data)];
    if (child.nodeType !== Node.ELEMENT_NODE) return [];
    return ALLOWED.has(child.tagName) ? [copy(child)] : [document.createTextNode(child.textContent)];
  });
}

function copy(element) {
  const made = document.createElement(element.tagName);
  const href = element.getAttribute("href");
  if (made.tagName === "A" && /^(https?:|mailto:)/i.test(href ?? "")) {
    made.href = href;
    made.rel = "nofollow ugc noopener";
  }
  if (made.tagName === "OL") made.start = element.start;
  made.append(...copies(element));
  return made;
}
