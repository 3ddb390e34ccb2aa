"""OpenVINO, imported without its reports to Intel, and a model compiled for this processor."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EngineUnusable
from embeddings.embedders.embedder import Vectors

_TELEMETRY = "openvino_telemetry"


def import_openvino() -> Any:
    """The module `openvino`.

    Raises:
        EngineUnusable: it is not installed, or its libraries do not load here.
    """
    # `import openvino` writes an id into the home folder and reports to Google Analytics unless
    # the user has opted out. Where its telemetry cannot be imported, it has a stub for it.
    sys.modules.setdefault(_TELEMETRY, cast(Any, None))
    try:
        return import_module("openvino")
    except ImportError as error:
        raise EngineUnusable(
            f"OpenVINO cannot be imported: {error}", next_step="pip install openvino"
        ) from error


class Compiled:
    """A converted model on this machine's processor. One call at a time.

    Args:
        model: the .xml file; its weights lie beside it and are memory-mapped.
        inputs: names of its inputs, in the model's order.
        exact: compute in float32 even where the processor has something quicker.

    Raises:
        EngineUnusable: OpenVINO is missing, or cannot run the model.
    """

    def __init__(self, model: Path, inputs: Sequence[str], *, exact: bool = False) -> None:
        ov = import_openvino()
        options: dict[str, Any] = {
            "PERFORMANCE_HINT": "LATENCY",
            # Pinned threads of two processes would share one core and leave the next one idle.
            "ENABLE_CPU_PINNING": False,
        }
        # What bounds torch bounds this engine too.
        if (threads := os.environ.get("OMP_NUM_THREADS", "")).isdecimal() and int(threads) > 0:
            options["INFERENCE_NUM_THREADS"] = int(threads)
        if exact:
            options["INFERENCE_PRECISION_HINT"] = "f32"
        try:
            core = ov.Core()
            compiled = core.compile_model(str(model), "CPU", options)
            self._request = compiled.create_infer_request()
            self.precision = str(compiled.get_property("INFERENCE_PRECISION_HINT").to_string())
        except RuntimeError as error:
            raise EngineUnusable(
                f"OpenVINO cannot run the model: {error!s:.300}", where=model
            ) from error
        self._inputs = tuple(inputs)

    def vectors(self, arrays: dict[str, NDArray[np.int64]]) -> Vectors:
        """Vectors of shape (rows, dimensions), float32, from arrays of shape (rows, tokens)."""
        given = [arrays[name] for name in self._inputs]
        # The request owns what it returns and writes over it in its next call.
        found = self._request.infer(given, share_inputs=True, share_outputs=True)[0]
        return np.array(found, dtype=np.float32)
