"""Arrays to pictures: image arithmetic, the figure desk, and those who show what is on it.

Arrays in, arrays out, as MATLAB does it:
    resize, turn, scale, colour, colormaps
                        sizes, rotations, classes and colours of images
    tile, fuse, stamp   many images as one, two as one, words in one
    filters, kernels, shapes
                        filters by name and by weights; morphology
    files, deep_files, bundled
                        image files, and the pictures that are always at hand

Figures, axes and what is drawn in them, as objects with MATLAB's properties:
    objects, properties what every object answers; what each property takes
    desk, figures, axes, limits, layout
                        all figures; one; its axes; their limits and ticks; where everything goes, in pixels
    primitives, plots, series, bars, charts, annotations, beside
                        what axes show, and what stands beside them and above
    showing             what imshow, plot, bar ... put on the desk

Figures for somebody who looks:
    draw, draw_axes, draw_beside, draw_words, draw_lines, draw_plots, draw_series, draw_surfaces, draw_charts,
    draw_annotations    pixels, by matplotlib; paint: the colours of an image object; markup: TeX in words
    words               a figure in one line of text
    presenters, export  who shows it: window, file, terminal, words; files that a script asks for

Nothing in here knows script values, and nothing imports matplotlib before a picture is looked at.
"""
