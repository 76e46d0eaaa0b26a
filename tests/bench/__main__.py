"""`python -m tests.bench [TOPIC ...]`: one run of each, of all without a topic; TOPICS are those there are."""

import sys
from importlib import import_module

TOPICS = ("startup", "parse", "loading", "growth", "small", "language", "images", "engine", "explanations", "training",
          "custom_loops")  # fmt: skip

for topic in sys.argv[1:] or TOPICS:
    import_module(f"tests.bench.{topic}").main([])
