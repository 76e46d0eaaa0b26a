"""What a network sees: the home of the explanation methods, one file a method over one base.

May import `errors` and `engine` only; TensorFlow, like in `engine`, when first needed.
"""
