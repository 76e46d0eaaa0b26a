"""Figures, axes and what is drawn in them, as objects with MATLAB's properties.

    objects, properties what every object answers; what each property takes
    desk, figures, axes, limits, layout
                        all figures; one; its axes; their limits and ticks; where everything goes, in pixels
    primitives, plots, series, bars, charts, annotations, beside
                        what axes show, and what stands beside them and above
    showing             what imshow, plot, bar ... put on the desk
"""
