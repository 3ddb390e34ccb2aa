"""What articles say over time: figures, how they change, where they differ, who said what."""

from rag.timeline.changes import Change
from rag.timeline.conflicts import Conflict
from rag.timeline.figures import Figure, FigureOptions, figures
from rag.timeline.plot import frame, plot
from rag.timeline.said import Statement, said
from rag.timeline.timeline import Timeline, timeline, timeline_of

__all__ = [
    "Change",
    "Conflict",
    "Figure",
    "FigureOptions",
    "Statement",
    "Timeline",
    "figures",
    "frame",
    "plot",
    "said",
    "timeline",
    "timeline_of",
]
