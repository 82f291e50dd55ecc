/* One decision in the list of results, with what was found in it marked. */
(() => {
  "use strict";

  const AROUND = 36; // characters shown on either side of what was found

  const { normal } = gongshi.words;
  const root = document.getElementById("search").dataset.root;

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const marked = (text, plain) => {
    const { plain: whole, places } = normal(text);
    const spans = [];
    for (const word of plain) {
      for (let at = whole.indexOf(word); word && at >= 0; at = whole.indexOf(word, at + word.length)) {
        spans.push([places[at], places[at + word.length - 1] + 1]);
      }
    }
    return spans.sort((a, b) => a[0] - b[0]);
  };

  const withMarks = (text, spans, from, to) => {
    const made = document.createDocumentFragment();
    let at = from;
    for (const [start, end] of spans) {
      if (start < at || end > to) continue;
      made.append(text.slice(at, start), element("mark", "", text.slice(start, end)));
      at = end;
    }
    made.append(text.slice(at, to));
    return made;
  };

  const passage = (text, plain) => {
    const spans = marked(text, plain);
    const first = spans.length ? spans[0][0] : 0;
    const from = Math.max(0, first - AROUND);
    const to = Math.min(text.length, (spans.length ? spans[0][1] : 0) + AROUND * 2);
    const made = element("p", "passage");
    made.append(from ? "……" : "", withMarks(text, spans, from, to), to < text.length ? "……" : "");
    return made;
  };

  const pair = (name, ...value) => element("div", "", element("dt", "", name), element("dd", "", ...value));

  const entry = (each, plain) => {
    const whole = (text) => withMarks(text, marked(text, plain), 0, text.length);
    const link = element("a", "entry-link", element("span", "case-number", whole(each.number)));
    link.href = `${root}decisions/${each.slug}.html`;
    const [year, month, day] = each.date.split("-").map(Number);
    const time = element("time", "", `${year}年${month}月${day}日`);
    time.dateTime = each.date;
    const facts = element("dl", "entry-facts", pair("当事人", whole(each.parties.join("、"))));
    if (each.penalties.length) facts.append(pair("处罚种类", each.penalties.join("、")));
    facts.append(pair("决定日期", time));
    const title = element("p", "entry-what", whole(each.title || each.violation || "行政处罚决定"));
    const made = element("li", "entry", link, title);
    if (plain.length && marked(each.text, plain).length) made.append(passage(each.text, plain));
    made.append(facts);
    return made;
  };

  gongshi.results = { element, entry };
})();
