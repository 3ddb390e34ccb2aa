"""Where the sample articles are, and what they are.

`corpus/sample/` holds fourteen short news briefs, in the forms that a reader of Dateline may
have: Markdown with front matter, plain text, HTML, JSON lines and CSV. They were written for
this project, in its own words, from the facts and figures of five published news reports on
the Gaza talks between December 2023 and September 2024. They are there to try Dateline out
and to measure it; they are not a record of the war, and nobody should cite them as one.

What each brief keeps to:

- Its outlet is 'Dateline brief', because that is who wrote it. Its first sentences name the
  report that it draws on, with outlet and date where that report shows them, and the metadata
  repeat this as `draws_on`.
- `published` is the day of the report that it draws on. Where that day was worked out rather
  than read, `date_note` and the text itself say so. Four briefs have no date, because the
  reports behind them show none.
- Every claim stays with whoever made it. Counts of the dead and of hostages differ from
  report to report, by date and by source, and the briefs keep both beside each count, so that
  one can ask what changed and what conflicts.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def sample_paths() -> Path:
    """The folder of the sample briefs.

    The package must lie unpacked on disk, as pip and `pip install -e` leave it.
    """
    return Path(str(resources.files("corpus"))) / "sample"
