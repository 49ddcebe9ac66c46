"""What can go wrong and be mended by the person at the keyboard.

    BleupencilError
    ├── UsageError     the call cannot be meant like this       exit 2
    │   ├── MissingFile
    │   └── UnwritableFile
    └── InputError     the input cannot be processed            exit 3
        ├── UnreadableFile   permission, device, I/O
        ├── NotText          binary, or no encoding fits
        ├── EmptyText        nothing to compare
        ├── UnequalLines     --aligned with different line counts
        ├── BadPairs         a line of a list of pairs that makes no sense
        ├── BadGlossary      a line of a glossary that makes no sense
        ├── BadBaseline      an earlier call's scores that cannot be compared with
        ├── BadExchange      a file of annotations that makes no sense
        ├── BadDefinition    a typology or penalty scheme that makes no sense
        └── SessionError     a review file that cannot be used
            ├── NotASession      some other file
            ├── NewerSession     written by a later version of this program
            └── DamagedSession   truncated or corrupted

Every message says what is wrong, where, and what to do about it, on one line.
"""


class BleupencilError(Exception):
    """The root: `str(error)` is one line for a person."""


class UsageError(BleupencilError):
    """The call asks for something that cannot be done, whatever the files hold."""


class MissingFile(UsageError):
    """A path leads to nothing, or to a folder."""


class UnwritableFile(UsageError):
    """Output was to go where nothing can be written."""


class InputError(BleupencilError):
    """The files were found, but what they hold cannot be processed."""


class UnreadableFile(InputError):
    """The system refuses to hand over the bytes."""


class NotText(InputError):
    """The bytes are not plain text in any encoding known here."""


class EmptyText(InputError):
    """A text without a single word."""


class UnequalLines(InputError):
    """Lines are to be paired one to one, and their counts differ."""


class BadPairs(InputError):
    """A line of a list of pairs that is none."""


class BadGlossary(InputError):
    """A line of a glossary that is no entry."""


class BadDefinition(InputError):
    """A typology or a penalty scheme that is no TOML, or not of the form that it must have."""


class BadBaseline(InputError):
    """What is to be compared with is no baseline, or was scored otherwise."""


class BadExchange(InputError):
    """A file of annotations from elsewhere holds what cannot be taken in."""


class SessionError(InputError):
    """A review file that cannot be used."""


class NotASession(SessionError):
    """The file is something else."""


class NewerSession(SessionError):
    """A later version of this program wrote the file."""


class DamagedSession(SessionError):
    """The file is truncated or corrupted."""
