"""Figures to pixels, and to words.

    draw, draw_axes, draw_beside, draw_words, draw_lines, draw_plots, draw_series, draw_charts,
    draw_annotations, draw_panels, draw_regions
                        pixels, by matplotlib
    draw_ticks, draw_polar, draw_boxes, draw_graphs, draw_rings
                        ticks and grids; polar axes; boxes of distributions; graphs
    draw_space, space_frame, space_faces, space_marks, scene, lighting
                        axes in three dimensions, sorted from far to near; the light on faces
    paint, markup       the colours of an image object; TeX in words
    words               a figure in one line of text
    export              files that a script asks for

Nothing imports matplotlib before a picture is looked at.
"""
