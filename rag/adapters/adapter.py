"""An adapter on disk: which model it belongs to, and how it was trained.

The files are those of PEFT (`adapter_config.json`, `adapter_model.safetensors`), so that others can
read them; `heads.safetensors` holds the layers that the base does not have, and `card.json` says
which weights the adapter was trained on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import AdapterUnusable

TRAIN_ANEW = "install Dateline again, or train the part as docs/training.md says"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A trained part.

    Attributes:
        folder: where its files lie.
        base: SHA-256 of the base model's weights, hexadecimal.
        scale: what the product of its two matrices is multiplied by.
        digest: SHA-256 of the adapter's own weights, hexadecimal.
    """

    folder: Path
    base: str
    scale: float
    digest: str

    @classmethod
    def read(cls, folder: Path) -> Adapter:
        """What the files in a folder say of themselves.

        Raises:
            AdapterUnusable: they are missing, or are no adapter.
        """
        try:
            config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
            card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
            return cls(
                folder,
                str(card["base_weights"]),
                float(config["lora_alpha"]) / float(config["r"]),
                str(card["weights"]),
            )
        except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError) as error:
            raise AdapterUnusable(
                f"there is no adapter that can be read ({error})",
                where=folder,
                next_step=TRAIN_ANEW,
            ) from error

    def check_base(self, weights: str) -> None:
        """Check that it was trained on the weights with this SHA-256.

        Raises:
            AdapterUnusable: it was trained on others.
        """
        if weights != self.base:
            raise AdapterUnusable(
                "the adapter was trained on another model than this one",
                where=self.folder,
                next_step="use the model that its card.json names, or train the part on this one "
                "as docs/training.md says",
            )
