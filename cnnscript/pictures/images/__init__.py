"""Image arithmetic: arrays in, arrays out, as MATLAB does it.

    resize, scale, colour, colormaps, palettes
                        sizes, classes and colours of images
    warping, padding    images turned, shifted and warped; edges
    fitting, registration, demons
                        transformations from points, and from images that show one thing
    quantizing, synthetic, radiance, haze
                        few colours for many; images from formulas; light without bounds; haze taken out
    colour_spaces, equalizing, thresholds
                        colours as CIE and television have them; histograms; levels that part dark from bright
    tile, fuse, stamp, strokes
                        many images as one, two as one, words in one, lines and shapes in one
    filters, kernels    filters by name and by weights
    shapes, grow, tables_of_bits, rebuild, distances, floods
                        morphology: shapes, images grown and shrunk, masks by tables, reconstruction, watersheds
    connected, measures, boundaries, polygons, corners
                        regions: which they are, what they measure, their outlines; polygons to masks; corners
    neighbourhoods, edges
                        orders and spreads of windows; gradients and edges
    textures            co-occurrences, Gabor filters, histograms of gradients and of patterns
    deblurring, haze, filling, segmentation, graph_cuts
                        images taken back from blur and from haze; holes filled; regions by colour, by contours and by
                        cuts
    smoothing, quality  filters that keep edges; how alike two images are
    blocks, lines_and_circles, projections
                        images cut into blocks; Hough's and Radon's transforms
    digit_shapes, digit_pictures
                        digits as fonts and pens draw them; ten thousand of them to train networks with
    triangle_pictures   triangles with the class of every pixel, to train segmentation with
    files, png_files, image_writers, gif_files, avi_files, videos, bundled, whole_folders
                        image files read and written, and the pictures that are always at hand
"""
