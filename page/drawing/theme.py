"""Colours and type: an ink-on-paper theme from system fonts only, with one accent."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

# Named faces first: on a bare Linux `system-ui` is DejaVu Sans, which sets too wide to read.
SANS = (
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Noto Sans",
    "Liberation Sans",
    "system-ui",
    "sans-serif",
)
MONO = ("ui-monospace", "SF Mono", "Menlo", "Liberation Mono", "monospace")

_SHEETS = ("style", "reading", "kept", "draft", "library", "evals", "settings")
STYLES = tuple(Path(__file__).parents[1] / "static" / f"{name}.css" for name in _SHEETS)
"""What the page looks like, in the order in which the later wins."""


def theme() -> gr.themes.Base:
    """Gradio's base theme, set in the variables that `style.css` defines."""
    return gr.themes.Base(
        font=[gr.themes.Font(name) for name in SANS],
        font_mono=[gr.themes.Font(name) for name in MONO],
        radius_size=gr.themes.sizes.radius_sm,
    ).set(
        body_background_fill="var(--dl-paper)",
        body_background_fill_dark="var(--dl-paper)",
        body_text_color="var(--dl-ink)",
        body_text_color_dark="var(--dl-ink)",
        body_text_color_subdued="var(--dl-soft)",
        body_text_color_subdued_dark="var(--dl-soft)",
        background_fill_primary="var(--dl-paper)",
        background_fill_primary_dark="var(--dl-paper)",
        background_fill_secondary="var(--dl-sheet)",
        background_fill_secondary_dark="var(--dl-sheet)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_label_text_color="var(--dl-soft)",
        block_label_text_color_dark="var(--dl-soft)",
        block_info_text_color="var(--dl-soft)",
        block_info_text_color_dark="var(--dl-soft)",
        border_color_primary="var(--dl-rule)",
        border_color_primary_dark="var(--dl-rule)",
        border_color_accent="var(--dl-accent)",
        border_color_accent_dark="var(--dl-accent)",
        color_accent="var(--dl-accent)",
        color_accent_soft="var(--dl-tint)",
        color_accent_soft_dark="var(--dl-tint)",
        input_background_fill="var(--dl-sheet)",
        input_background_fill_dark="var(--dl-sheet)",
        input_background_fill_focus="var(--dl-sheet)",
        input_background_fill_focus_dark="var(--dl-sheet)",
        input_border_color="var(--dl-edge)",
        input_border_color_dark="var(--dl-edge)",
        input_border_color_focus="var(--dl-accent)",
        input_border_color_focus_dark="var(--dl-accent)",
        input_border_width="1px",
        input_placeholder_color="var(--dl-soft)",
        input_placeholder_color_dark="var(--dl-soft)",
        link_text_color="var(--dl-accent)",
        link_text_color_dark="var(--dl-accent)",
        button_secondary_background_fill="var(--dl-sheet)",
        button_secondary_background_fill_dark="var(--dl-sheet)",
        button_secondary_text_color="var(--dl-ink)",
        button_secondary_text_color_dark="var(--dl-ink)",
    )
