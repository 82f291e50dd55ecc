/* What somebody typed and chose → what to ask the index, the most to the point first. */
(() => {
  "use strict";

  const MOST_GRAMS = 12; // of one query: more make nothing rarer

  const { normal, grams, label, nameGrams } = gongshi.words;

  const LABELLED = ["violation", "penalty", "amount"];
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
    const told = LABELLED.filter((name) => values[name]).map((name) => label(`${name}:${values[name]}`));
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

  gongshi.asked = asked;
})();
