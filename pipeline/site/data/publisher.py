"""Who publishes the data and where; whole addresses where the site's own is known."""

from dataclasses import dataclass

from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Publisher:
    """The agency, its 统一社会信用代码 or empty, the site's name, and its address or empty."""

    name: str
    code: str
    site: str
    url: str

    @classmethod
    def of(cls, settings: Settings) -> "Publisher":
        """Return the publisher that the settings name."""
        return cls(
            settings.agency.name, settings.agency.code, settings.site.name, settings.site.url
        )

    def address(self, path: str) -> str:
        """Return the whole address of a file; its path below the site where that has no address.

        >>> Publisher("某局", "", "公示", "https://a.example/gs").address("lists/index.html")
        'https://a.example/gs/lists/index.html'
        >>> Publisher("某局", "", "公示", "").address("lists/index.html")
        'lists/index.html'
        """
        return f"{self.url}/{path}" if self.url else path
