"""A model that runs here, through transformers: SmolLM2 from its GGUF file, or any other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LogitsProcessorList,
    StoppingCriteria,
    StoppingCriteriaList,
    TextIteratorStreamer,
)

from corpus.errors import ModelMissing
from embeddings.embedders.models import ModelRef
from embeddings.embedders.quiet import no_bars
from rag.adapters.adapter import Adapter
from rag.adapters.which import NONE
from rag.writing.generator import (
    Citing,
    Copying,
    Marking,
    Message,
    Piece,
    Pieces,
    Steering,
)
from rag.writing.generators.citing import CitingProcessor
from rag.writing.generators.copying import CopyingProcessor
from rag.writing.generators.marking import MarkingProcessor, pieces_of
from rag.writing.generators.taught import Taught
from rag.writing.generators.weights import ready_folder

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_PATIENCE = 600.0
"""Seconds to wait for one token before the model is given up: a stuck thread must not hang the
page for ever."""


class LocalGenerator:
    """A causal language model in this process. One generation runs at a time.

    Weights are bfloat16 where the processor multiplies it natively, else float32: on the two
    cores of an EPYC with AVX-512 BF16, bfloat16 read a 720-token prompt 2.2 times as fast and
    wrote twice as fast, in the same words.

    Args:
        ref: a package:, path: or hf: model; hf: from the local cache unless the network is on.
        adapter: of the trained answerer, for replies that are held to `Citing` and for no others.
            It must have been trained on this model's weights.

    Raises:
        ModelMissing: it is not a model that transformers can load.
        AdapterUnusable: the adapter names layers that the model does not have.
    """

    def __init__(self, ref: ModelRef, adapter: Adapter | None = None) -> None:
        self._ref = ref
        self._lock = threading.Lock()
        dtype = _native_dtype()
        self._tokenizer, self._model = _load(ref, dtype)
        self._adapter = adapter
        self._taught: Taught | None = None
        self._pieces: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The model URI."""
        return self._ref.uri

    @property
    def taught(self) -> str:
        """See `rag.writing.generator.Teachable`."""
        return self._adapter.digest[:16] if self._adapter else NONE

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        steer: Steering | None = None,
    ) -> Pieces:
        """Generate greedily; see `Generator.stream`."""
        chat = [{"role": message.role, "content": message.content} for message in messages]
        inputs: Any = self._tokenizer.apply_chat_template(
            chat, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        inputs = inputs.to(self._model.device)
        prompt = int(inputs["input_ids"].shape[1])
        with self._lock, self._weights(steer):
            yield from self._generate(inputs, prompt, max_tokens, self._held(steer, prompt))

    def _weights(self, steer: Steering | None) -> AbstractContextManager[None]:
        """The weights that the model has for this reply."""
        if self._adapter is None or not isinstance(steer, Citing):
            return nullcontext()
        if self._taught is None:
            self._taught = Taught(self._adapter, self._model)
        return self._taught

    def _held(self, steer: Steering | None, prompt: int) -> LogitsProcessorList:
        match steer:
            case Copying(text, starts):
                held = CopyingProcessor(self._tokenizer, text, prompt, starts)
                return LogitsProcessorList([held])
            case Marking(count):
                if self._pieces is None:
                    self._pieces = pieces_of(self._tokenizer)
                return LogitsProcessorList([MarkingProcessor(self._pieces, count, prompt)])
            case Citing(texts, refusal, least):
                cited = CitingProcessor(self._tokenizer, texts, refusal, prompt, least)
                return LogitsProcessorList([cited])
            case None:
                return LogitsProcessorList()

    def _generate(
        self, inputs: Any, prompt: int, max_tokens: int, steering: LogitsProcessorList
    ) -> Pieces:
        stop = _StopFlag()
        counter = _CountingStreamer(self._tokenizer)
        arguments = dict(
            **inputs,
            max_new_tokens=max_tokens,
            do_sample=False,
            streamer=counter,
            stopping_criteria=StoppingCriteriaList([stop]),
            logits_processor=steering,
        )
        with ThreadPoolExecutor(1, thread_name_prefix="dateline-generate") as pool:
            work = pool.submit(self._run, arguments, counter)
            try:
                for text in counter:
                    if text:
                        yield Piece(text, prompt_tokens=prompt, completion_tokens=counter.tokens)
            finally:
                # Also when the reader left: the model must not go on for nobody.
                stop.set()
            work.result()
        # Only now: while it writes, the model is ahead of its reader by chance.
        for cited in (one for one in steering if isinstance(one, CitingProcessor)):
            yield Piece("", prompt, counter.tokens, cited.sure)

    def _run(self, arguments: dict[str, Any], counter: _CountingStreamer) -> None:
        try:
            with torch.inference_mode():
                self._model.generate(**arguments)  # type: ignore[operator]
        finally:
            # A model that fails writes no end, and its reader would wait for one.
            counter.end()  # type: ignore[no-untyped-call]


class _StopFlag(StoppingCriteria):
    """Ends the generation after the token that is being written."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        self._event.set()

    def __call__(self, input_ids: torch.Tensor, _scores: Any, **_: Any) -> Any:
        done = self._event.is_set()
        return torch.full((input_ids.shape[0],), done, dtype=torch.bool, device=input_ids.device)


class _CountingStreamer(TextIteratorStreamer):
    """Gives whole words as they are written, and counts tokens."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        super().__init__(
            tokenizer,
            skip_prompt=True,
            timeout=_PATIENCE,
            skip_special_tokens=True,
        )
        self.tokens = -1  # the prompt is put first, in one call

    def put(self, value: torch.Tensor) -> None:
        self.tokens = 0 if self.tokens < 0 else self.tokens + value.numel()
        super().put(value)  # type: ignore[no-untyped-call]


def _native_dtype() -> torch.dtype:
    flags = torch.backends.cpu.get_cpu_capability()
    native = torch.cpu._is_avx512_bf16_supported() if flags.startswith("AVX512") else False
    return torch.bfloat16 if native or torch.cuda.is_available() else torch.float32


def _load(ref: ModelRef, dtype: torch.dtype) -> tuple[PreTrainedTokenizerBase, PreTrainedModel]:
    where = ready_folder(ref, dtype)
    options: dict[str, Any] = {"trust_remote_code": False}
    if ref.scheme == "hf":
        options["revision"] = ref.revision
    try:
        with no_bars():
            tokenizer = AutoTokenizer.from_pretrained(where, **options)
            model: Any = AutoModelForCausalLM.from_pretrained(
                where, dtype=dtype, use_safetensors=True, **options
            )
    except (OSError, ValueError) as error:
        raise ModelMissing(
            "transformers cannot load this model: " + str(error).splitlines()[0],
            where=ref.uri,
            next_step="name a folder with config, tokenizer and *.safetensors, or a .gguf file",
        ) from error
    placed: Any = model.to("cuda" if torch.cuda.is_available() else "cpu")
    return tokenizer, placed.eval()
