"""Figures, axes and what is drawn in them, as objects with MATLAB's properties.

    objects, properties what every object answers; what each property takes
    property_lists, lesser_parts
                        the properties that MATLAB lists for each kind; annotations, templates of tips, toolbars
    desk, figures, axes, axes_properties, rulers, limits
                        all figures; one; its axes and what their properties take; each axis of them; their limits and
                        ticks
    layout, beside_boxes, tile_boxes, pixels
                        where everything goes: axes, what stands beside them, tiles; boxes and units
    word_room, text_sizes, text_places
                        how much room words take, and where they stand
    remembered          what was reckoned, kept until something changes
    tile_options, links in which tile something stands; properties that several objects have in common
    mouse               what a mouse is to do
    camera              from where an axes is seen
    volumes, flows      surfaces of equal value in volumes; lines that follow fields
    time_axes, polar    axes along which time runs; polar axes
    boxes, rings        quartiles, whiskers and outliers, violins; rings of shares
    graph_plots, graph_layouts, node_tables
                        pictures of graphs; where their nodes stand; what is said of them in windows
    groups, interface_objects, app_components
                        groups of objects, moved as one; controls, panels, menus; labels, buttons, grids of apps
    primitives, plots, series, curves, constant_regions, bars, bins, pair_bins, surfaces, fields, charts,
    stacked_chart, annotations, beside
                        what axes show, and what stands beside them and above
    regions_of_interest shapes over a picture that say which of its pixels are meant
    keeping             objects as plain data, for figures kept in files
    showing             what imshow, plot, bar ... put on the desk
"""
