"""Where a training run stands, on disk: a killed run goes on from there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from corpus.errors import TrainingError


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A run after `step` steps.

    Attributes:
        recipe: digest of the options and the data; another recipe's checkpoint is refused.
        step: steps that are done.
        weights: the trained tensors by name.
        optimizer: the optimizer's own state.
        curve: what was logged so far, a row a note.
    """

    recipe: str
    step: int
    weights: dict[str, torch.Tensor]
    optimizer: dict[str, Any]
    curve: list[dict[str, float]]

    def write(self, path: Path) -> None:
        """Write it whole or not at all."""
        partial = path.with_suffix(".part")
        with partial.open("wb") as file:
            torch.save(
                {
                    "recipe": self.recipe,
                    "step": self.step,
                    "weights": self.weights,
                    "optimizer": self.optimizer,
                    "curve": self.curve,
                },
                file,
            )
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)

    @classmethod
    def read(cls, path: Path, recipe: str) -> Checkpoint | None:
        """The checkpoint there; None if there is none.

        Raises:
            TrainingError: it belongs to another recipe, or cannot be read.
        """
        if not path.exists():
            return None
        try:
            # weights_only: a file that somebody hands over can run no code.
            kept = torch.load(path, map_location="cpu", weights_only=True)
            found = cls(**kept)
        except (OSError, RuntimeError, TypeError, ValueError, EOFError) as error:
            raise TrainingError(
                f"the checkpoint cannot be read ({error})",
                where=path,
                next_step="remove it and train from the beginning",
            ) from error
        if found.recipe != recipe:
            raise TrainingError(
                "the checkpoint is of another recipe: other options or other data",
                where=path,
                next_step="name another folder with --out, or remove it",
            )
        return found
