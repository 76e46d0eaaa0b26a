"""Deep-learning functions of arrays whose dimensions have labels: S (space), C (channel), B (observation), T (time),
U (none of them).  Tensors have their dimensions in reverse order of their labels, or lie as observations × window ×
channels (arrangement), where no function sees a label; nothing is a layer's.

    arrangement     dimensions brought to observations × window × channels, and back
    convolutions    convolution and its transpose, along one to three dimensions
    poolings        the largest or the mean under a window, places of the largest, the way back
    normalizations  statistics of batches, layers, groups, neighbouring channels
    activations     what is done to each number, or to the channels of one place
    losses          predictions against targets
    recurrences     lstm, gru
    attention       queries, keys and values; vectors of words
    resizing        other sizes along the dimensions of space
    running         the functions on records and arrays alike
    solver_steps    parameters after one step of Adam, SGD with momentum, RMSProp (no labels; training/ uses them)
    quasi_newton    directions and line searches of limited-memory BFGS (NumPy)

What a layer of a network also computes is computed by that layer's operation (engine/operations.py).
"""
