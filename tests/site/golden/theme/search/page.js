/* The search page: the form, the address, the list of results and what is said of them. */
(() => {
  "use strict";

  const PAGE = 10; // results shown at once

  const { words, index } = gongshi;
  const { element, entry } = gongshi.results;
  const form = document.getElementById("search");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const filters = ["year", "violation", "penalty", "amount"];

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
    words.forget();
    results.replaceChildren();
    results.removeAttribute("aria-busy");
    more.hidden = true;
    const question = gongshi.asked(values);
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
      index.spendAnew();
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
        contents = contents || index.loadIndex();
        found = found || index.inOrder(await contents, question);
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
      index.forget();
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
  contents = index.loadIndex();
  contents.catch(() => {}); // told when somebody searches
  fromAddress();
})();
