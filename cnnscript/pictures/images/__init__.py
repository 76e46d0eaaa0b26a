"""Image arithmetic: arrays in, arrays out, as MATLAB does it.

    resize, scale, colour, colormaps, palettes
                        sizes, classes and colours of images
    warping, padding    images turned, shifted and warped; edges
    colour_spaces, equalizing, thresholds
                        colours as CIE and television have them; histograms; levels that part dark from bright
    tile, fuse, stamp, strokes
                        many images as one, two as one, words in one, lines and shapes in one
    filters, kernels, shapes
                        filters by name and by weights; morphology
    neighbourhoods, edges
                        orders and spreads of windows; gradients and edges
    smoothing, quality  filters that keep edges; how alike two images are
    files, png_files, image_writers, gif_files, avi_files, videos, bundled
                        image files read and written, and the pictures that are always at hand
"""
