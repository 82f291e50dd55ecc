"""Why a picture is not taken."""


class RefusedError(Exception):
    """A file that may not be published as the emblem: what is wrong with it, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
