/* Search over the static index that pipeline/site/search makes; see index.py there for its files.
 * Reads a text the same way as words.py: symbols, and grams of two symbols. */
(() => {
  "use strict";

  const PAGE = 10; // results shown at once
  const AHEAD = 3; // blocks looked into at once
  const MOST_GRAMS = 12; // of one query: more make nothing rarer
  const AT_ONCE = 2; // grams looked up in a block together, the rarest first
  const ENOUGH = 4; // grams after which a few candidates are read
  const FEW = 4;
  const BUDGET = 220000; // bytes after which the visitor is asked whether to look on
  const AROUND = 36; // characters shown on either side of what was found
  const LABEL = 1;
  const NAME = 2;

  const form = document.getElementById("search");
  if (!form) return;
  const root = form.dataset.root;
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const filters = ["year", "violation", "penalty", "amount"];

  /* ---- words ---- */

  const BRACKETS = { "〔": "(", "[": "(", "【": "(", "〈": "(", "〕": ")", "]": ")", "】": ")", "〉": ")" };

  /* Text as it is compared, and for each of its characters the place it has in `text`. */
  const read = new Map();
  const normal = (text) => {
    if (!read.has(text)) read.set(text, normalised(text));
    return read.get(text);
  };

  const normalised = (text) => {
    let plain = "";
    const places = [];
    let place = 0;
    for (const point of text) {
      if (point >= "\u4e00" && point <= "\u9fff") {
        plain += point;
        places.push(place);
        place += 1;
        continue;
      }
      for (const unit of point.normalize("NFKC").toLowerCase()) {
        const shown = BRACKETS[unit] || unit;
        if (/\s/.test(shown)) continue;
        const comma = shown === "," && /\d$/.test(plain) && /^\d{3}(?!\d)/.test(text.slice(place + point.length));
        if (comma) continue;
        plain += shown;
        for (let i = 0; i < shown.length; i += 1) places.push(place);
      }
      place += point.length;
    }
    places.push(text.length);
    return { plain, places };
  };

  const fnv = (text) => {
    let value = 0x811c9dc5;
    for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    return value >>> 0;
  };

  const mixed = (left, right) => {
    let value = (Math.imul(left, 0x9e3779b1) + Math.imul(right, 0x85ebca6b)) | 0;
    value ^= value >>> 16;
    value = Math.imul(value, 0x7feb352d);
    value ^= value >>> 15;
    value = Math.imul(value, 0x846ca68b);
    value ^= value >>> 16;
    return value >>> 0;
  };

  const symbols = (text) => {
    const found = text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3}(?!\d))/g, "$1").match(/[a-z0-9]+|\S/gu) || [];
    return found.map((symbol) => {
      if (/^[a-z0-9]+$/.test(symbol)) return (fnv(symbol) | 0x80000000) >>> 0;
      return /[\p{L}\p{N}\p{M}]/u.test(symbol) ? symbol.codePointAt(0) : 0;
    });
  };

  const grams = (text) => {
    const codes = symbols(text);
    const found = new Set();
    codes.forEach((code, i) => {
      if (i && code && codes[i - 1]) found.add(mixed(codes[i - 1], code));
      if (code >= 0x80000000) found.add(mixed(code, 0));
    });
    return [...found];
  };

  const label = (name) => mixed(fnv(name), LABEL);
  const nameGrams = (text) => grams(text).map((gram) => mixed(gram, NAME));

  /* ---- the index ---- */

  let spent = 0; // bytes fetched since the visitor last asked
  const fetched = async (path, fresh) => {
    const answer = await fetch(`${root}search/${path}`, fresh ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(`${answer.status}`);
    const body = await answer.arrayBuffer();
    spent += body.byteLength;
    return new Uint8Array(body);
  };
  const text = async (path, fresh) => new TextDecoder().decode(await fetched(path, fresh));

  const kept = new Map();
  const bytes = (path) => {
    if (!kept.has(path)) kept.set(path, fetched(path));
    return kept.get(path);
  };

  /* The numbers to which a gram leads in the shard that would hold it. */
  const lookUp = async ({ name, bits, mark }, gram) => {
    const shard = bits ? gram >>> (32 - bits) : 0;
    const data = await bytes(`${name}/${shard.toString(16)}.bin?v=${mark}`);
    let at = 0;
    const next = () => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = data[at];
        at += 1;
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    };
    let key = bits ? shard * 2 ** (32 - bits) : 0;
    while (at < data.length) {
      key += next();
      const count = next();
      const wanted = key === gram;
      const found = [];
      let number = 0;
      for (let i = 0; i < count; i += 1) {
        number += next();
        if (wanted) found.push(number);
      }
      if (wanted) return found;
      if (key > gram) return [];
    }
    return [];
  };

  const both = (one, other) => {
    const there = new Set(other);
    return one.filter((number) => there.has(number));
  };

  const slugsAt = async (block, chunk, places) => {
    const parts = new Map();
    for (const place of places) {
      const part = Math.floor(place / chunk);
      if (!parts.has(part)) parts.set(part, text(`${block.name}/ids-${part}.txt`).then((lines) => lines.split("\n")));
    }
    return Promise.all(places.map(async (place) => (await parts.get(Math.floor(place / chunk)))[place % chunk]));
  };

  /* The places in a block that may answer, the newest first. */
  const candidates = async (block, wanted) => {
    if (!wanted.length) return Array.from({ length: block.count }, (_, place) => place);
    let left = null;
    const open = (from) => from < wanted.length && (left === null || left.length > (from < ENOUGH ? 0 : FEW));
    for (let from = 0; open(from); from += AT_ONCE) {
      const part = wanted.slice(from, from + AT_ONCE);
      const lists = await Promise.all(part.map((gram) => lookUp(block, gram)));
      for (const list of lists) left = left === null ? list : both(left, list);
    }
    return left;
  };

  const card = async (slug, mark) => ({ slug, ...JSON.parse(await text(`texts/${slug}.json?v=${mark}`)) });

  /* Yields what answers `query`, the newest first; each is read before it is believed. Yields
   * `until`, a year, where so much was fetched that the visitor should say whether to look on. */
  async function* answers(index, query) {
    let open = index.blocks.filter((block) => !query.year || block.year === query.year);
    const known = await Promise.all(query.grams.map((gram) => lookUp(index.words, gram)));
    const rarity = known.map((numbers) => new Map(numbers.map((number) => [Math.floor(number / 8), number % 8])));
    for (const days of rarity) open = open.filter((block) => days.has(block.day));
    const rarestIn = (block) =>
      query.grams
        .map((gram, i) => [rarity[i].get(block.day), gram])
        .sort((a, b) => a[0] - b[0])
        .map(([, gram]) => gram);
    for (let from = 0; from < open.length; from += AHEAD) {
      const part = open.slice(from, from + AHEAD);
      const found = await Promise.all(part.map((block) => candidates(block, rarestIn(block))));
      for (let i = 0; i < part.length; i += 1) {
        for (let at = 0; at < found[i].length; at += PAGE) {
          const slugs = await slugsAt(part[i], index.chunk, found[i].slice(at, at + PAGE));
          const cards = await Promise.all(slugs.map((slug) => card(slug, part[i].mark)));
          for (const each of cards) if (query.answers(each)) yield each;
        }
      }
      if (spent > BUDGET && from + AHEAD < open.length) yield { until: part[part.length - 1].year };
    }
  }

  const loadIndex = async () => {
    const said = JSON.parse(await text("index.json", true));
    const blocks = said.blocks.map(([name, day, year, bits, count, mark]) => ({ name, day, year, bits, count, mark }));
    const words = { name: `words-${said.words}`, bits: said.words, mark: said.mark };
    return { total: said.total, chunk: said.chunk, words, blocks };
  };

  /* ---- queries ---- */

  const NUMBER = /^(.*?)\(?((?:19|20)\d\d)\)?年?第?0*(\d{1,8})号?$/;

  const terms = (text) => {
    const found = [];
    for (const [, quoted, word] of text.matchAll(/["“”„「『]([^"“”„」』]+)["“”」』]?|([^\s"“”「『]+)/gu)) found.push((quoted || word).trim());
    return found.filter(Boolean);
  };

  const spread = (all) => (all.length <= MOST_GRAMS ? all : Array.from({ length: MOST_GRAMS }, (_, i) => all[Math.floor((i * all.length) / MOST_GRAMS)]));

  const asked = (values) => {
    const words = terms(values.q);
    const plain = words.map((word) => normal(word).plain);
    const told = filters.slice(1).filter((name) => values[name]).map((name) => label(`${name}:${values[name]}`));
    const fits = (each) =>
      (!values.violation || each.violation === values.violation) && (!values.penalty || each.penalties.includes(values.penalty));
    const year = values.year ? Number(values.year) : 0;
    const query = (own, test) => ({ year, grams: [...own, ...told], answers: (each) => fits(each) && test(each) });
    const whole = normal(values.q).plain;
    const number = whole.match(NUMBER);
    const found = [];
    if (number && /[()第号年]/.test(whole)) {
      const code = number[1];
      found.push(query([label(`number:${number[2]}:${Number(number[3])}`)], (each) => normal(each.number).plain.startsWith(code)));
    }
    const isNumber = found.length > 0; // then what merely mentions it comes only when nothing bears it
    const bears = (name) => (each) => each.parties.some((party) => normal(party).plain === name);
    if (plain.length === 1 && plain[0].length > 3 && !isNumber) found.push(query([label(`name:${plain[0]}`)], bears(plain[0])));
    const own = spread(words.flatMap(grams));
    const named = words.flatMap(nameGrams);
    if (named.length && !isNumber) {
      const shows = (each) => plain.every((word) => each.parties.some((party) => normal(party).plain.includes(word)));
      found.push(query(spread(named), shows));
    }
    if (own.length || (!words.length && (told.length || year))) {
      const shows = (each) => {
        const text = normal([each.number, each.organ, each.title, ...each.parties, each.text].join("\n")).plain;
        return plain.every((word) => text.includes(word));
      };
      found.push({ ...query(own, shows), last: isNumber });
    }
    return { words, plain, queries: found };
  };

  /* The answers of the first query that are to the point, then those of the next. */
  async function* inOrder(index, { queries }) {
    const shown = new Set();
    for (const { grams: wanted } of queries) {
      for (const gram of wanted) lookUp(index.words, gram).catch(() => {}); // asked for at once
    }
    for (const query of queries) {
      if (query.last && shown.size) return;
      for await (const each of answers(index, query)) {
        if (each.until) yield each;
        else if (!shown.has(each.slug)) {
          shown.add(each.slug);
          yield each;
        }
      }
    }
  }

  /* ---- what is shown ---- */

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

  const say = (text) => {
    status.textContent = text;
  };

  /* All answers are there: the advice after them moves up. */
  const leaveNoRoom = () => delete document.documentElement.dataset.asked;

  let contents = null; // the promise of the index, asked for before the first question
  let turn = 0;

  const show = async (values, focus) => {
    turn += 1;
    const mine = turn;
    read.clear();
    results.replaceChildren();
    results.removeAttribute("aria-busy");
    more.hidden = true;
    const question = asked(values);
    if (!question.queries.length) {
      leaveNoRoom();
      if (values.q.trim()) say("请至少输入两个字，或者一个数字、文号。");
      return;
    }
    say("正在检索……");
    const list = element("ol", "entries");
    results.append(list);
    let count = 0;
    let found = null;
    const page = async (first) => {
      more.hidden = true;
      results.setAttribute("aria-busy", "true");
      const start = count;
      let done = false;
      let until = 0;
      spent = 0;
      while (count < start + PAGE) {
        const next = await found.next();
        if (mine !== turn) return;
        if (next.done) {
          done = true;
          break;
        }
        if (next.value.until) {
          until = next.value.until;
          break;
        }
        list.append(entry(next.value, question.plain));
        count += 1;
      }
      results.removeAttribute("aria-busy");
      if (done) leaveNoRoom();
      if (!count && done) {
        list.remove();
        say("没有找到符合条件的决定。请换一个说法，减少几个词，或者放宽筛选条件。");
        return;
      }
      if (until) say(`已查到${until}年，显示 ${count} 件，可以继续查找更早的决定。`);
      else say(done ? `找到 ${count} 件。` : `已显示 ${count} 件，可以继续显示更多。`);
      more.hidden = done;
      if (!first && list.children[start]) list.children[start].querySelector("a").focus();
    };
    const run = async (first) => {
      try {
        contents = contents || loadIndex();
        found = found || inOrder(await contents, question);
        await page(first);
      } catch (error) {
        if (mine !== turn) return;
        results.removeAttribute("aria-busy");
        throw error;
      }
    };
    more.onclick = () => run(false).catch(() => say("网站刚刚更新过，请重新检索。"));
    try {
      await run(true);
    } catch (error) {
      // The site may have been released anew since the index was read: read it once more.
      contents = null;
      found = null;
      kept.clear();
      list.replaceChildren();
      count = 0;
      await run(true).catch(() => say("检索没有完成，请检查网络后再试，或者在“处罚决定”中按时间查阅。"));
    }
  };

  const values = () => Object.fromEntries(["q", ...filters].map((name) => [name, form.elements[name].value.trim()]));

  const fromAddress = () => {
    const given = new URLSearchParams(location.search);
    for (const name of ["q", ...filters]) form.elements[name].value = given.get(name) || "";
    form.querySelector("details").open = filters.some((name) => given.get(name));
    if ([...given.values()].some((value) => value.trim())) show(values());
  };

  if (location.protocol === "file:") {
    say("检索要在网站上使用。您正在打开的是本机文件，请在“处罚决定”中按时间查阅。");
    form.addEventListener("submit", (event) => event.preventDefault());
    return;
  }

  const submit = () => {
    const wanted = values();
    const address = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    history.pushState(null, "", `?${address}`);
    show(wanted);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  for (const name of filters) form.elements[name].addEventListener("change", submit);
  window.addEventListener("popstate", fromAddress);
  contents = loadIndex();
  contents.catch(() => {}); // told when somebody searches
  fromAddress();
})();
