"""The page's modules. Importing any of them first makes Gradio silent and offline.

Gradio and huggingface_hub read these variables when they are imported, so they are set here,
before any module of this package can import Gradio. `GRADIO_ALLOWED_PATHS` would open folders
to the file route behind the page's back.
"""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ.pop("GRADIO_ALLOWED_PATHS", None)
