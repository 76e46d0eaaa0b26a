"""What a network sees: the home of the explanation methods, one file a method over one base.

    chosen_layers     which layers are looked at when none are named

The base is engine/tapes.py.  May import `errors` and `engine` only; TensorFlow, like in `engine`, when first needed.
"""
