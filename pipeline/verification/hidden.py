"""What each decision hides, made ready to be looked for when it is first asked for.

A decision stands on its page, in its data and in a dozen lists, and nearly nowhere anything of
what it hides comes even near. So that alone is at hand which shows it: what a text must hold, in
some hundred bytes a decision, a sixth of what it hides itself.
"""

from collections.abc import Collection, Iterable, Mapping

from ahocorasick_rs import AhoCorasick

from pipeline.verification.values import Page, Public, Values, found_by

_APART = "\n"


class Hidden:
    """The hidden values of decisions, by slug."""

    def __init__(self, hidden: Mapping[str, Collection[str]]) -> None:
        self._hidden = hidden
        self._keys: dict[str, str] = {}

    def count_in(self, slug: str, page: Page, public: Public) -> int:
        """Return how often what a decision hides stands in ``page``, as ``Values.count_in``."""
        text = page.bare_folded
        if any(key in text for key in self._keys_of(slug)):
            return self._values_of(slug).count_in(page, public)
        return 0

    def may_stand_in(self, slugs: Iterable[str], page: Page) -> bool:
        """Whether anything that any of the decisions hides may stand in ``page``."""
        keys = {key for slug in slugs for key in self._keys_of(slug)}
        if not keys or "" in keys:
            return bool(keys)
        return next(found_by(AhoCorasick(list(keys)), page.bare_folded), None) is not None

    def _keys_of(self, slug: str) -> list[str]:
        """Return what a text must hold, without marks and case, for a value to stand in it."""
        if slug not in self._keys:
            self._keys[slug] = "".join(f"{_APART}{key}" for key, _ in self._values_of(slug).bare)
        return self._keys[slug].split(_APART)[1:]

    def _values_of(self, slug: str) -> Values:
        return Values(frozenset(self._hidden.get(slug, ())))
