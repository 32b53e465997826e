"""The people.yaml that an admin keeps, read again whenever it changed."""

from pathlib import Path

from knowledge.errors import WrongMetadata
from knowledge.people import Directory


class WrongPeople(WrongMetadata):
    """A people.yaml that cannot be understood; until it is mended nobody but everyone is admitted anywhere."""


class People:
    """Who is known, by a file; without the file nobody is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], Directory] | None = None

    @property
    def kept(self) -> bool:
        """Whether there is such a file."""
        return self._path.is_file()

    def directory(self) -> Directory:
        """What the file says now. Raises WrongPeople."""
        try:
            state = self._path.stat()
        except FileNotFoundError:
            return Directory()
        except OSError as error:
            raise WrongPeople(f"{self._path} cannot be read: {error.strerror}") from None
        stamp = (state.st_mtime_ns, state.st_size)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, self._parsed())
        return self._read[1]

    def _parsed(self) -> Directory:
        import yaml

        try:
            return Directory.of(yaml.safe_load(self._path.read_text("utf-8-sig")) or {})
        except (OSError, ValueError, RecursionError, yaml.YAMLError, WrongMetadata) as error:
            raise WrongPeople(f"{self._path} cannot be used: {' '.join(str(error).split())}") from None
