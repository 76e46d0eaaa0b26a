"""Arrays to pictures: image arithmetic, the figure desk, and those who show what is on it.

    images       arrays in, arrays out, as MATLAB does it
    graphics     figures, axes and what is drawn in them, as objects with MATLAB's properties
    drawing      figures to pixels and to words
    presenters   who shows them: window, file, terminal, words

Nothing in here knows script values, and nothing imports matplotlib before a picture is looked at.
"""
