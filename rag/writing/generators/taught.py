"""A model with its adapter merged beside its own weights: it is one or the other, at no cost.

The adapter was taught one form of reply. Everything else that Dateline asks of the model it asks of
the model as it was, so both weights of the adapted layers are kept, and exchanged for one reply.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType

import torch
from torch import nn

from rag.adapters.adapter import Adapter
from rag.adapters.merging import products


class Taught(AbstractContextManager[None]):
    """In a `with` block the model has the adapter's weights. One block at a time.

    Args:
        adapter: trained on this model's weights.
        model: the model as it was.

    Raises:
        AdapterUnusable: its file is damaged, or names layers that the model does not have.
    """

    def __init__(self, adapter: Adapter, model: nn.Module) -> None:
        with torch.no_grad():
            self._other = [
                (layer, (layer.weight.float() + product.to(layer.weight.device)).to(layer.weight))
                for layer, product in products(adapter, model)
            ]

    def __enter__(self) -> None:
        self._exchange()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> None:
        self._exchange()

    def _exchange(self) -> None:
        for place, (layer, other) in enumerate(self._other):
            self._other[place] = (layer, layer.weight.data)
            layer.weight.data = other
