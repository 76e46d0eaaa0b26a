colormap notacolormap
%---- gives ----
error: 'notacolormap' is not a colormap.
  no_such_colormap.m:1:1
    colormap notacolormap
    ^^^^^^^^^^^^^^^^^^^^^
    colormaps: parula, turbo, hsv, hot, cool, spring, summer, autumn, winter, gray, bone, copper, pink, jet, lines, prism, flag, white, colorcube
