/* The index that pipeline/site/search/index.py makes: which decisions have the grams of a query. */
(() => {
  "use strict";

  const PAGE = 10; // texts read at once
  const AHEAD = 3; // blocks looked into at once
  const AT_ONCE = 2; // grams looked up in a block together, the rarest first
  const ENOUGH = 4; // grams after which a few candidates are read
  const FEW = 4;
  const BUDGET = 220000; // bytes after which the visitor is asked whether to look on

  const root = document.getElementById("search").dataset.root;

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

  /* From here on the bytes are counted anew. */
  const spendAnew = () => {
    spent = 0;
  };
  const forget = () => kept.clear();

  gongshi.index = { loadIndex, inOrder, spendAnew, forget };
})();
