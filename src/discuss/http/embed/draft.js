// What a reader has written on an article and not sent: kept in this tab over a reload, and shown to the same reader only.

export class Draft {
  constructor(articleId) {
    this.key = `discuss:draft:${articleId}`;
  }

  keep(writer, text) {
    try {
      if (writer && text.trim()) sessionStorage.setItem(this.key, JSON.stringify({ writer, text }));
      else sessionStorage.removeItem(this.key);
    } catch {
      // Storage may be blocked or full; then a text lasts as long as the page.
    }
  }

  of(writer) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key));
      return kept?.writer === writer ? kept.text : "";
    } catch {
      return "";
    }
  }
}
