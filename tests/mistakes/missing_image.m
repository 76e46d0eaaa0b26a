im = imread('no_such_picture.png');
%---- gives ----
