colormap notacolormap
%---- gives ----
