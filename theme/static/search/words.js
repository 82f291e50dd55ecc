/* A text as search compares it, and its grams of two symbols: the same as pipeline/site/search/words.py. */
globalThis.gongshi = {};
(() => {
  "use strict";

  const LABEL = 1;
  const NAME = 2;

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

  const forget = () => read.clear();

  gongshi.words = { normal, grams, label, nameGrams, forget };
})();
