"""Arrays to pictures: image arithmetic, the figure desk, and those who show what is on it.

resize, scale, colour, colormaps, tile, fuse     image arithmetic as MATLAB does it: arrays in, arrays out
files, bundled                                   image files, and the pictures that stand in for MATLAB's examples
objects, kinds, desk                             figures, axes and what is drawn in them, as objects with MATLAB's
properties limits, layout                                   axis limits and ticks; where everything goes, in pixels
draw, words                                      a figure as pixels (matplotlib, only when somebody looks) or as one
line of text presenters                                       who shows it: window, file, terminal, words

Nothing in here knows script values, and nothing imports matplotlib before a picture is looked at.
"""
