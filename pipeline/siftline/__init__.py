r"""siftline turns messy web articles in Chinese, English and Russian into clean article files.

>>> import siftline
>>> siftline.clean("First, the river froze.\n\n京ICP备00000000号\n").text
'First, the river froze.'
"""

from .cleaner import Article, Cleaner, clean, repair, restore
from .document import Change, Document, Fact, LedgerError, Line
from .rules import RuleError
from .stages.decode import DecodeError
from .stages.extract import ExtractError

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Change",
    "Cleaner",
    "DecodeError",
    "Document",
    "ExtractError",
    "Fact",
    "LedgerError",
    "Line",
    "RuleError",
    "clean",
    "repair",
    "restore",
]
