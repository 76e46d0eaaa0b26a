"""`python -m tests.bench [startup|parse|loading|growth|small|language|images|engine|explanations ...]`: one run."""

import sys
from importlib import import_module

TOPICS = ("startup", "parse", "loading", "growth", "small", "language", "images", "engine", "explanations")

for topic in sys.argv[1:] or TOPICS:
    import_module(f"tests.bench.{topic}").main([])
