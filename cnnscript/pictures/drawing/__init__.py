"""Figures to pixels, and to words.

    draw, draw_axes, draw_beside, draw_words, draw_lines, draw_plots, draw_series, draw_surfaces, draw_charts,
    draw_annotations    pixels, by matplotlib
    paint, markup       the colours of an image object; TeX in words
    words               a figure in one line of text
    export              files that a script asks for

Nothing imports matplotlib before a picture is looked at.
"""
